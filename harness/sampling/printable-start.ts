// The first line of what another program said, fit for a note. Used by samplers.

const most = 200

export function printableStart(text: string): string {
  const line = text.split(/\r?\n/).find((one) => one.trim() !== '') ?? ''
  return line
    .trim()
    .slice(0, most)
    .replace(/[^\x20-\x7e]/g, '?')
}
