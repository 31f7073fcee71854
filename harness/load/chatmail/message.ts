// Messages of a load run: each says in its Message-ID of which run it is, for which account, and its number; its body is one of
// the pool. Written and read again without parsing more than that.
import { indexOfOctets, latin1, latin1Before } from '../../clients/latin1.ts'
import type { LoadAssets, PoolMessage } from './assets.ts'

export interface Label {
  /** Index of the account that it is for: the first of them, when it is for several. */
  readonly to: number
  /** The last of them. */
  readonly upTo: number
  /** Of the messages of one virtual user, from 0. */
  readonly number: number
  readonly attachment?: string
}

export function messageId(runId: string, { to, upTo, number, attachment }: Label): string {
  const whom = upTo === to ? to : `${to}-${upTo}`
  return `<load.${runId}.${whom}.${number}${attachment === undefined ? '' : `.${attachment}`}@localhost>`
}

/** The body of a message that was sent; undefined for one that nobody can have sent. */
export function pooled(
  { pool, attachments }: Pick<LoadAssets, 'pool' | 'attachments'>,
  { number, attachment }: Pick<Label, 'number' | 'attachment'>,
): PoolMessage | undefined {
  const bodies = attachment === undefined ? pool : attachments[attachment]
  return bodies?.[number % bodies.length]
}

export function writeMessage(
  head: { readonly from: string; readonly date: string; readonly messageId: string },
  { fields, body }: PoolMessage,
): Uint8Array {
  const header =
    `From: <${head.from}>\r\nTo: "hidden-recipients": ;\r\nSubject: [...]\r\n` +
    `Date: ${head.date}\r\nMessage-ID: ${head.messageId}\r\n${fields}\r\n`
  return latin1Before(header, body)
}

const written = /^<load\.[^.]+\.(\d+)(?:-(\d+))?\.(\d+)(?:\.([a-z0-9]+))?@localhost>/i

/** Whose a received message is, and where its body begins; undefined for one that is not of this run. */
export function readLabel(runId: string, bytes: Uint8Array): (Label & { readonly body: number }) | undefined {
  const end = headerEnd(bytes)
  const header = latin1(bytes, 0, end)
  const at = header.indexOf(`<load.${runId}.`)
  if (at === -1) return undefined
  const match = written.exec(header.slice(at, at + 200))
  if (match === null) return undefined
  const [, to, upTo = to, number, attachment] = match
  const label = { to: Number(to), upTo: Number(upTo), number: Number(number), body: end }
  return attachment === undefined ? label : { ...label, attachment }
}

/** The place behind the empty line. */
function headerEnd(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) {
    if (bytes[at + 1] === 0x0a) return at + 2
    if (bytes[at + 1] === 0x0d && bytes[at + 2] === 0x0a) return at + 3
  }
  return bytes.length
}

/** Intact is a body that holds the payload octet for octet; what stands around it is a matter of MIME. */
export function isIntact(bytes: Uint8Array, from: number, payload: Uint8Array): boolean {
  return indexOfOctets(bytes, payload, from) !== -1
}
