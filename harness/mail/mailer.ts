// Makes messages from a seed: what checks see as `t.mail`. Same seed, same calls: same Message-IDs, dates and sizes;
// only the OpenPGP octets differ.
import { type ArmourOptions, armour } from './armour.ts'
import { protectedMessage } from './inner-message.ts'
import { createKeyring, type Keyring } from './keyring.ts'
import {
  addressesOf,
  addressOf,
  type CleartextOptions,
  type ComposeOptions,
  type Content,
  type EncryptOptions,
  type Mail,
  type Mailer,
  type Parties,
  type Party,
} from './mail.ts'
import { armourPart, encryptedType, multipart, versionPart } from './mime.ts'
import { concat, endsWithCrlf, latin1, utf8 } from './octets.ts'
import { type OuterField, outerFields, writeFields } from './outer-header.ts'
import { writePackets } from './packets.ts'
import { createRandom } from './random.ts'

export type { Mailer } from './mail.ts'

const sixDays = 6 * 24 * 3_600_000

/** `now` is wall time in milliseconds; dates in messages are reckoned from it. Give mailers of the same people one keyring. */
export function createMailer(options: { seed: number; now?: () => number; keyring?: Keyring }): Mailer {
  const random = createRandom(options.seed)
  const now = options.now ?? Date.now
  const minted = new Set<string>()
  const keyring = options.keyring ?? createKeyring()

  function mint(given: string | undefined): string {
    const messageId = given ?? `<${random.uuid()}@localhost>`
    minted.add(messageId)
    return messageId
  }

  function assemble(fields: readonly OuterField[], messageId: string, content: Content, route: Route): Mail {
    const bytes = concat(writeFields(fields, route.options), '\r\n', content.body)
    const mail = { messageId, bytes, ...envelopeAndDescription(bytes, route) }
    return content.payload === undefined ? mail : { ...mail, payload: content.payload }
  }

  function compose(from: Party, to: Parties, content: Content, options: ComposeOptions = {}): Mail {
    const messageId = mint(options.messageId)
    const date = options.date ?? new Date(now() - random.below(sixDays))
    const fields = outerFields({ from: addressOf(from), to: hiddenRecipients, subject: '[...]', date, messageId })
    fields.push({ name: 'Chat-Version', value: '1.0' }, { name: 'Content-Type', value: content.contentType })
    return assemble(fields, messageId, content, { from, to, options })
  }

  function armoured(
    from: Party,
    to: Parties,
    packets: Uint8Array,
    options: ComposeOptions & { armour?: ArmourOptions } = {},
  ): Mail {
    const boundary = random.hex(32)
    const payload = armour(packets, options.armour)
    const body = multipart(boundary, [versionPart, armourPart(payload)])
    return compose(from, to, { contentType: encryptedType(boundary), body, payload }, options)
  }

  const inner = (from: Party, to: Parties, { text, size = 0 }: EncryptOptions): Uint8Array =>
    protectedMessage(random, { from: addressOf(from), to: addressesOf(to), date: new Date(now()), text, size })

  const mailer: Mailer = {
    minted,
    random,
    compose,
    armoured,
    async encrypted(from, to, options = {}) {
      // Everything from the seed is drawn before the first await: calls at the same time must not mix their numbers.
      const messageId = options.messageId ?? `<${random.uuid()}@localhost>`
      const date = options.date ?? new Date(now() - random.below(sixDays))
      const boundary = random.hex(32)
      minted.add(messageId)
      const plaintext = inner(from, to, options)
      const packets = await keyring.encrypt(addressOf(from), addressesOf(to), plaintext, options.profile ?? 'v2')
      const payload = armour(writePackets(packets))
      const body = multipart(boundary, [versionPart, armourPart(payload)])
      const description = options.description ?? `encrypted message, ${kilobytes(body.length)}`
      const content: Content = { contentType: encryptedType(boundary), body, payload }
      return compose(from, to, content, { ...options, messageId, date, description })
    },
    cleartext(from, to, options: CleartextOptions = {}) {
      const messageId = mint(options.messageId)
      const text = options.text ?? `A message in clear text, number ${random.hex(8)}.`
      const body = utf8(text.endsWith('\r\n') ? text : `${text}\r\n`)
      const fields = outerFields({
        from: addressOf(from),
        to: addressesOf(to).join(',\r\n '),
        subject: options.subject ?? 'Cleartext message',
        date: options.date ?? new Date(now()),
        messageId,
      })
      const contentType = 'text/plain; charset=utf-8'
      const encoding = body.some((octet) => octet > 127) ? '8bit' : '7bit'
      fields.push({ name: 'Content-Type', value: contentType }, { name: 'Content-Transfer-Encoding', value: encoding })
      const description = options.description ?? `cleartext message, ${kilobytes(body.length)}`
      return assemble(fields, messageId, { contentType, body }, { from, to, options: { ...options, description } })
    },
    raw(from, to, message, options = {}) {
      const lines = message.headers.map((line) => (typeof line === 'string' ? utf8(line) : line))
      const own = lines
        .map((line) => /^message-id:\s*(<[^>]*>)/im.exec(latin1(line))?.[1])
        .find((id) => id !== undefined)
      const messageId = mint(own ?? options.messageId)
      if (own === undefined) lines.push(utf8(`Message-ID: ${messageId}`))
      const written = concat(...lines.flatMap((line) => [line, '\r\n']), '\r\n', message.body)
      const bytes = endsWithCrlf(written) ? written : concat(written, '\r\n')
      return { messageId, bytes, ...envelopeAndDescription(bytes, { from, to, options }) }
    },
    packets: (from, to, options = {}) =>
      keyring.encrypt(addressOf(from), addressesOf(to), inner(from, to, options), options.profile ?? 'v2'),
    passwordPackets(from, options = {}) {
      const password = options.password ?? random.hex(32)
      const plaintext = inner(from, [], options)
      return keyring.encryptWithPassword(addressOf(from), password, plaintext, options.profile ?? 'v2')
    },
    publicKey: (of, profile = 'v2') => keyring.publicKey(addressOf(of), profile),
    async sample(sample, from, to, options = {}) {
      const mail = await sample.build(mailer, from, to, options)
      return { ...mail, description: `${sample.id}: ${sample.why}` }
    },
  }
  return mailer
}

const hiddenRecipients = '"hidden-recipients": ;'

interface Route {
  readonly from: Party
  readonly to: Parties
  readonly options: ComposeOptions
}

function envelopeAndDescription(
  bytes: Uint8Array,
  { from, to, options }: Route,
): Pick<Mail, 'envelope' | 'description'> {
  return {
    envelope: { from: options.envelopeFrom ?? addressOf(from), to: addressesOf(options.envelopeTo ?? to) },
    description: options.description ?? `message, ${kilobytes(bytes.length)}`,
  }
}

function kilobytes(octets: number): string {
  return octets < 1000 ? `${octets} octets` : `${(octets / 1000).toFixed(1)} kB`
}
