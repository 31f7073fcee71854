// The name of a host as a name of files and a part of links. Used by what keeps or publishes something for each host.

/** `chat.example` stays; of anything else only letters, digits, dots and hyphens, and some of its hash where others were lost. */
export function slugOf(label: string): string {
  const plain = label
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, 80)
  return plain === label.toLowerCase() ? plain : `${plain || 'host'}-${hashOf(label)}`
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return hash.toString(36)
}
