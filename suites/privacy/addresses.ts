// Finds network addresses in text: IPv4 and IPv6 as mail headers write them. Pure. Used by the checks of delivered mail.

/** In the order they stand, each once, lower case. Times, versions of three parts and hashes are none. */
export function addressesIn(text: string): readonly string[] {
  const found = text.replace(/ipv6:/gi, ' ').match(/(?<!\w)[0-9a-f.:]{3,60}(?!\w)/gi) ?? []
  const trimmed = found.map((word) => withoutPort(word.toLowerCase().replace(/^\.+|\.+$|(?<!:):$/g, '')))
  return [...new Set(trimmed.filter((word) => isIpv4(word) || isIpv6(word)))]
}

/** Loopback, private and link-local: says nothing about where somebody is. */
export function isLocalAddress(address: string): boolean {
  return /^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|::1$|::ffff:(127|10)\.|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/.test(
    address,
  )
}

/** Behind an IPv6 address a port stands outside of brackets, and is a word of its own. */
function withoutPort(word: string): string {
  return word.replace(/^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/, '$1')
}

function isIpv4(word: string): boolean {
  const parts = word.split('.')
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)
}

/** With `::`, or all eight groups; the last two may be written as IPv4. */
function isIpv6(word: string): boolean {
  const dotted = /^(.*:)([\d.]+)$/.exec(word)
  if (word.includes('.')) return dotted !== null && isIpv4(dotted[2] ?? '') && isIpv6(`${dotted[1]}0:0`)
  const halves = word.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return false
  return halves.length === 2 ? groups.length >= 1 && groups.length <= 7 : groups.length === 8
}
