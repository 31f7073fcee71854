// Reads SMTP command lines: verbs, paths with parameters, EHLO names (RFC 5321 4.1). Used by the session.

export interface Command {
  /** Upper case. */
  readonly verb: string
  readonly argument: string
}

export function parseCommand(line: string): Command {
  const trimmed = line.trimEnd()
  const space = trimmed.indexOf(' ')
  return space < 0
    ? { verb: trimmed.toUpperCase(), argument: '' }
    : { verb: trimmed.slice(0, space).toUpperCase(), argument: trimmed.slice(space + 1).trim() }
}

export interface Path {
  /** Empty for `<>`. */
  readonly address: string
  /** Upper-case names; null where a parameter has no value. */
  readonly parameters: ReadonlyMap<string, string | null>
}

/** The argument of MAIL (`FROM:`) or RCPT (`TO:`); `syntax`: no such keyword; `address`: not an address. */
export function parsePath(argument: string, keyword: 'FROM' | 'TO'): Path | 'syntax' | 'address' {
  if (argument.slice(0, keyword.length + 1).toUpperCase() !== `${keyword}:`) return 'syntax'
  const rest = argument.slice(keyword.length + 1).trim()
  const match = /^<((?:"(?:[^"\\]|\\.)*"|[^<>"])*)>(?:\s+(.*))?$/.exec(rest) ?? /^([^\s<>]+)(?:\s+(.*))?$/.exec(rest)
  if (match === null) return rest === '' ? 'syntax' : 'address'
  const address = match[1] ?? ''
  if (
    address !== '' &&
    !/^(?:"(?:[^"\\]|\\.)*"|[^\s"<>()[\]\\,;:@]+)(?:@(?:\[[^\s[\]]+\]|[^\s"<>()[\]\\,;:@]+))?$/u.test(address)
  ) {
    return 'address'
  }
  const parameters = new Map<string, string | null>()
  for (const word of (match[2] ?? '').split(/\s+/)) {
    if (word === '') continue
    const equals = word.indexOf('=')
    if (equals < 0) parameters.set(word.toUpperCase(), null)
    else parameters.set(word.slice(0, equals).toUpperCase(), word.slice(equals + 1))
  }
  return { address, parameters }
}

export function isLiteral(name: string): boolean {
  return /^\[[0-9a-zA-Z.:]+\]$/.test(name)
}

/** A name with a dot that is not a bare IP address. */
export function isFullName(name: string): boolean {
  return /^[^\s.[\]]+(\.[^\s.[\]]+)+\.?$/.test(name) && !/^[0-9.]+$/.test(name)
}

/** user and password of a SASL PLAIN response (RFC 4616): `authzid NUL user NUL password`. */
export function parsePlain(response: string): { user: string; password: string; actFor: string } | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(response) || response.length % 4 !== 0) return undefined
  const parts = Buffer.from(response, 'base64').toString('utf8').split('\0')
  const [actFor = '', user, password] = parts
  return parts.length === 3 && user !== undefined && password !== undefined ? { user, password, actFor } : undefined
}
