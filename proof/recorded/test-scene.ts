// The scene of one recorded dialogue on a reference server: its accounts, its placeholders, its messages.

import type { Host, Service } from '../../harness/host/host.ts'
import { forgeries } from '../../harness/mail/forged.ts'
import type { Mail, Mailer } from '../../harness/mail/mail.ts'
import { createMailer } from '../../harness/mail/mailer.ts'
import type { Reference } from '../../reference-server/index.ts'
import { corpus } from '../../suites/encryption/corpus/index.ts'
import { foreignMessage } from './test-foreign-mail.ts'
import type { Difference, Step } from './types.ts'

export interface Scene {
  readonly reference: Reference
  readonly me: string
  readonly you: string
  readonly right: string
  readonly mail: Mailer
  /** The step as it must go here: the recording, and what differs. */
  wanted(step: Step): Step
  /** What stands for the placeholders of a text; new names are new each time. */
  fill(text: string): string
  /** A message by the name it has in the recordings, from `{me}` to `{you}` or another. */
  message(name: string, to?: string): Promise<Mail>
}

const letters = 'abcdefghijkmnopqrstuvwxyz23456789'

/** `like the relay`: the reference server was told to be as the recorded one; what it only does by default must not differ. */
export function setScene(reference: Reference, manner: 'by default' | 'like the relay' = 'by default'): Scene {
  const { domain } = reference
  const name = (length: number) =>
    Array.from({ length }, () => letters[Math.floor(Math.random() * letters.length)]).join('')
  const right = 'correct16letters'
  const account = () => reference.accounts.create({ address: `${name(9)}@${domain}`, password: right }).address
  const me = account()
  const you = account()
  const local = me.slice(0, me.indexOf('@'))
  const words: Readonly<Record<string, string>> = {
    me,
    you,
    right,
    domain,
    ME: me.toUpperCase(),
    DOMAIN: domain.toUpperCase(),
    'me-local': local,
    'ME-local': local.toUpperCase(),
    'you+': you.replace('@', '+x@'),
    wrong: 'wrong16lettersxx',
    nowhere: 'nx.invalid',
  }
  const mail = createMailer({ seed: Math.floor(Math.random() * 2 ** 31) })
  return {
    reference,
    me,
    you,
    right,
    mail,
    wanted(step) {
      const differences = [step.differs ?? []].flat()
      const count = (one: Difference) => manner === 'by default' || one.by === 'reference server'
      return Object.assign({}, step, ...differences.filter(count))
    },
    fill: (text) =>
      text
        .replace(/\{name:(\d+)\}/g, (_, length) => name(Number(length)))
        .replace(/\{NAME:(\d+)\}/g, (_, length) => name(Number(length)).toUpperCase())
        .replace(/\{([\w+-]+)\}/g, (whole, word) => words[word] ?? whole),
    async message(which, to = you) {
      const [, base, author, treatment] = /^(.+) by (\S*?)(?:, (.+))?$/.exec(which) ?? []
      if (base !== undefined && author !== undefined) {
        return foreignMessage(mail, { sample: base, author: author.replace('{me}', me), to: you, treatment })
      }
      if (which === 'encrypted') return mail.encrypted(me, to, { profile: 'v1' })
      if (which === 'cleartext') return mail.cleartext(me, to)
      if (which === 'too large') return { ...mail.cleartext(me, to), bytes: large(31_468_081) }
      const sample = [...Object.entries(corpus), ...Object.entries(forgeries)].find(([id]) => id === which)?.[1]
      if (sample === undefined) throw new Error(`no message is called ${which}`)
      return mail.sample({ ...sample, id: which }, me, to, { other: you })
    },
  }
}

/** Octets of short lines, CRLF at the end. */
function large(octets: number): Uint8Array {
  const line = `${'x'.repeat(70)}\r\n`
  return Buffer.from(line.repeat(Math.ceil(octets / line.length)).slice(-octets))
}

export function endpointOf(host: Host, service: Service) {
  const endpoint = host.endpoints[service]
  if (endpoint === undefined) throw new Error(`the reference server has no ${service}`)
  return { endpoint, trust: host.trust, timing: host.timing }
}
