// Messages encrypted before the run begins: encrypting in it would measure this machine. Used by the run.
import { createMailer } from '../../mail/mailer.ts'
import type { PoolMessage } from '../chatmail/assets.ts'

/** So many different bodies are enough to tell whose body arrived; of large ones fewer, since every thread has them. */
const size = 16
const sizeOfLarge = 2

/** Octets of random attachment: most chat messages have none. */
const attachments = [0, 0, 0, 500, 0, 0, 1_500, 0]

/** A chatmail server sees that a message is encrypted, but not for whom: all virtual users share the bodies. */
export function makePool(domain: string): Promise<readonly PoolMessage[]> {
  return encryptedOf(
    domain,
    Array.from({ length: size }, (_, n) => attachments[n % attachments.length] ?? 0),
  )
}

/** Messages with attachments of so many octets, by the name of each. */
export async function makeAttachments(
  domain: string,
  sizes: Readonly<Record<string, number>>,
): Promise<Readonly<Record<string, readonly PoolMessage[]>>> {
  const made: Record<string, readonly PoolMessage[]> = {}
  for (const [name, octets] of Object.entries(sizes)) {
    made[name] = await encryptedOf(
      domain,
      Array.from({ length: sizeOfLarge }, () => octets),
    )
  }
  return made
}

async function encryptedOf(domain: string, sizes: readonly number[]): Promise<readonly PoolMessage[]> {
  const mailer = createMailer({ seed: 1 })
  const pool: PoolMessage[] = []
  for (const size of sizes) {
    const { bytes, payload } = await mailer.encrypted(`from@${domain}`, `to@${domain}`, { size })
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
