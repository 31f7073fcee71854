// Mail of other servers by BDAT, as Exim and large providers send it wherever CHUNKING is offered.
import { check } from '../../harness/check/define.ts'
import {
  accepted,
  attempt,
  codeClass,
  holds,
  holdsExactly,
  isFalse,
  isTrue,
  refusedOrClosed,
  type SmtpAnswer,
} from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { SmtpClient } from '../../harness/clients/smtp.ts'
import type { Mail } from '../../harness/mail/mail.ts'
import type { Peer } from '../../harness/peer/peer.ts'
import { asPeer, fromPeer, openPort25 } from './scene.ts'

const acceptsByBdat = check({
  id: 'inbound/accepts-signed-mail-by-bdat',
  requirement: 'inbound.accepts-signed-mail',
  title: 'takes signed and encrypted mail by BDAT, where it offers CHUNKING',
  profile: 'list',
  needs: { ...asPeer, accounts: 1, messages: 1 },
  async run(t) {
    const [bob] = await t.accounts(1)
    const peer = await t.peer()
    const client = await offeringChunks(t, peer)
    if (client === undefined) return
    const mail = peer.sign(await fromPeer(t, peer, bob))
    t.expect('it is taken', await sendByBdat(t, client, mail), accepted)
    await t.eventually('it arrives', () => t.inbox(bob).minted(), holdsExactly(mail))
    const [copy] = await t.inbox(bob).minted()
    const armour = Buffer.from(mail.payload ?? '')
    t.expect('its armour is that which was sent', Buffer.from(copy?.bytes ?? '').includes(armour), isTrue)
  },
})

const refusesUnsignedByBdat = check({
  id: 'inbound/refuses-unsigned-by-bdat',
  requirement: 'inbound.requires-signature',
  title: 'refuses mail without a signature by BDAT, where it offers CHUNKING',
  profile: 'list',
  needs: { ...asPeer, accounts: 1, messages: 1 },
  async run(t) {
    const [bob] = await t.accounts(1)
    const peer = await t.peer()
    const client = await offeringChunks(t, peer)
    if (client === undefined) return
    const unsigned = await fromPeer(t, peer, bob)
    t.expect('it is refused', await sendByBdat(t, client, unsigned), refusedOrClosed)
    const sentinel = peer.sign(await fromPeer(t, peer, bob))
    const session = await openPort25(t, peer)
    t.control('a signed message is taken', await session.send(sentinel), accepted, {
      coveredBy: 'inbound/accepts-signed-mail',
    })
    await t.eventually('it arrives', () => t.inbox(bob).minted(), holds(sentinel), { control: true })
    t.expect('only the signed one arrives', await t.inbox(bob).minted(), holdsExactly(sentinel))
  },
})

/** A session on port 25. Without CHUNKING nothing can go wrong by BDAT, and the rule holds. */
async function offeringChunks(t: CheckContext, peer: Peer): Promise<SmtpClient | undefined> {
  const { client } = await openPort25(t, peer)
  if (client.extensions.has('CHUNKING')) return client
  t.expect('CHUNKING is offered', false, isFalse)
  return undefined
}

/** In two chunks (RFC 3030). MAIL and RCPT are a control. */
async function sendByBdat(t: CheckContext, client: SmtpClient, mail: Mail): Promise<SmtpAnswer> {
  const { from, to } = mail.envelope
  for (const line of [`MAIL FROM:<${from}>`, ...to.map((address) => `RCPT TO:<${address}>`)])
    t.control(line, await attempt(client.command(line)), codeClass(2))
  const middle = Math.floor(mail.bytes.length / 2)
  client.write(chunk(mail.bytes.subarray(0, middle), ''))
  const first = await attempt(client.reply('BDAT'))
  if (!codeClass(2).matches(first)) return first
  client.write(chunk(mail.bytes.subarray(middle), ' LAST'))
  return attempt(client.reply('BDAT'))
}

function chunk(octets: Uint8Array, last: string): Uint8Array {
  return Buffer.concat([Buffer.from(`BDAT ${octets.length}${last}\r\n`), octets])
}

export const bdatChecks = [acceptsByBdat, refusesUnsignedByBdat]
