// Messages encrypted before the run begins: encrypting in it would measure this machine. Used by the run.
import { createMailer } from '../../mail/mailer.ts'
import type { PoolMessage } from '../chatmail/assets.ts'

/** So many different bodies are enough to tell whose body arrived. */
const size = 16

/** Octets of random attachment: most chat messages have none. */
const attachments = [0, 0, 0, 500, 0, 0, 1_500, 0]

/** A chatmail server sees that a message is encrypted, but not for whom: all virtual users share the bodies. */
export async function makePool(domain: string): Promise<readonly PoolMessage[]> {
  const mailer = createMailer({ seed: 1 })
  const pool: PoolMessage[] = []
  for (let n = 0; n < size; n++) {
    const options = { size: attachments[n % attachments.length] ?? 0 }
    const { bytes, payload } = await mailer.encrypted(`from@${domain}`, `to@${domain}`, options)
    if (payload === undefined) throw new Error('an encrypted message has a payload')
    pool.push({ ...withoutOwnFields(bytes), payload })
  }
  return pool
}

const written = /^(?:from|to|subject|date|message-id):.*\r\n(?:[ \t].*\r\n)*/gim

function withoutOwnFields(bytes: Uint8Array): Pick<PoolMessage, 'fields' | 'body'> {
  const text = Buffer.from(bytes).toString('latin1')
  const end = text.indexOf('\r\n\r\n')
  return { fields: text.slice(0, end + 2).replace(written, ''), body: bytes.slice(end + 4) }
}
