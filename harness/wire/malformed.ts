// The one error of the parsers here: bytes that are not the protocol, or more of them than we hold.
// harness/clients turns it into a WireError.

export class Malformed extends Error {
  readonly code: 'malformed' | 'too-long'

  constructor(code: 'malformed' | 'too-long', message: string) {
    super(message)
    this.name = 'Malformed'
    this.code = code
  }
}

/** A short, printable excerpt of what a peer sent, for a message to a person. */
export function excerpt(text: string, length = 80): string {
  const cut = text.length > length ? `${text.slice(0, length)}...` : text
  return JSON.stringify(cut)
}
