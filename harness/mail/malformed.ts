// Messages against the rules of RFC 5322, encrypted all the same so that only the fault counts. A server may take, repair
// or refuse them; what matters is that it stays sound, so all are for observing.
import { armour } from './armour.ts'
import type { ComposeOptions, Mail, Mailer, Parties, Party, Sample } from './mail.ts'
import { armourPart, encryptedType, multipart, versionPart } from './mime.ts'
import { concat, latin1, utf8 } from './octets.ts'
import { pkeskV6, seipdV2, writePackets } from './packets.ts'
import { splitMessage } from './parse.ts'

export const malformed = {
  'bare-lf': sample('lines of the armour end with LF alone', (mail, from, to) => {
    const block = utf8(latin1(fakeArmour(mail)).replaceAll('\r\n', '\n'))
    return wrap(mail, from, to, { block })
  }),
  'bare-cr': preambleSample('a line ends with CR alone', utf8('before\rafter')),
  nul: preambleSample('an octet of zero', Uint8Array.of(0x61, 0, 0x62)),
  'eight-bit': preambleSample('octets above 127 that are no UTF-8, undeclared', Uint8Array.of(0xe9, 0xff, 0xfe, 0x80)),
  'line-of-2000': preambleSample('a line of 2000 octets', utf8('x'.repeat(2000))),
  'line-of-100000': preambleSample('a line of 100000 octets', utf8('x'.repeat(100_000))),
  'lone-lf-dot-lf': preambleSample('LF, a dot, LF: the end of DATA for a careless reader', utf8('before\n.\nafter')),
  'eight-bit-header': sample('octets above 127 in a header field', (mail, from, to) =>
    reheaded(mail, from, to, [concat('X-Note: caf', Uint8Array.of(0xe9))]),
  ),
  'long-header-line': sample('a header line of 2000 octets', (mail, from, to) =>
    reheaded(mail, from, to, [`X-Note: ${'x'.repeat(1992)}`]),
  ),
  'many-fields': sample('a header of 2000 fields', (mail, from, to) =>
    reheaded(
      mail,
      from,
      to,
      Array.from({ length: 2000 }, (_, at) => `X-Note-${at}: x`),
    ),
  ),
  'no-colon': sample('a header line that is no field', (mail, from, to) =>
    reheaded(mail, from, to, ['this is no header field']),
  ),
  'no-body': sample('a header and nothing after it', (mail, from, to) => wrap(mail, from, to, { noBody: true })),
} as const satisfies Record<string, Malformation>

export type MalformedId = keyof typeof malformed

export type Malformation = Omit<Sample, 'id'>

export function malform(mail: Mailer, id: MalformedId, from: Party, to: Parties): Promise<Mail> {
  return mail.sample({ ...malformed[id], id }, from, to)
}

function sample(why: string, build: (mail: Mailer, from: Party, to: Parties) => Mail): Malformation {
  return { why, expect: 'observed', build }
}

function preambleSample(why: string, preamble: Uint8Array): Malformation {
  return sample(why, (mail, from, to) => wrap(mail, from, to, { preamble }))
}

function fakeArmour(mail: Mailer): Uint8Array {
  return armour(writePackets([pkeskV6(mail.random), seipdV2(mail.random, 600)]))
}

interface Fault {
  readonly block?: Uint8Array
  readonly preamble?: Uint8Array
  readonly noBody?: boolean
}

function wrap(mail: Mailer, from: Party, to: Parties, fault: Fault, options: ComposeOptions = {}): Mail {
  const boundary = mail.random.hex(32)
  const parts = [versionPart, armourPart(fault.block ?? fakeArmour(mail))]
  const body = multipart(boundary, parts, fault.preamble === undefined ? {} : { preamble: fault.preamble })
  const content = { contentType: encryptedType(boundary), body: fault.noBody ? '' : body }
  return mail.compose(from, to, content, options)
}

/** The same message with more lines at the head. */
function reheaded(mail: Mailer, from: Party, to: Parties, lines: readonly (string | Uint8Array)[]): Mail {
  const { bytes } = wrap(mail, from, to, {})
  const { header, body } = splitMessage(bytes)
  return mail.raw(from, to, { headers: [...lines, header.subarray(0, -2)], body })
}
