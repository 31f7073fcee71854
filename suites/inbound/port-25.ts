// Checks of port 25 itself: who may come in, for whom, and what it gives away.
import { check, observation } from '../../harness/check/define.ts'
import {
  accepted,
  attempt,
  code,
  holds,
  holdsExactly,
  refusedOrClosed,
  satisfies,
} from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { SmtpClient, SmtpReply } from '../../harness/clients/smtp.ts'
import type { Peer } from '../../harness/peer/peer.ts'
import { treatment } from '../treatment.ts'
import { asPeer, fromPeer, openPort25 } from './scene.ts'

const acceptsSigned = check({
  id: 'inbound/accepts-signed-mail',
  requirement: 'inbound.accepts-signed-mail',
  title: 'takes signed and encrypted mail of a domain it has never seen',
  profile: 'list',
  needs: { ...asPeer, accounts: 2, messages: 1 },
  async run(t) {
    const [bob, carol] = await t.accounts(2)
    const peer = await t.peer()
    const mail = peer.sign(await fromPeer(t, peer, bob, carol))
    const session = await openPort25(t, peer)
    t.expect('it is taken at the first try', await session.client.send(mail), accepted)
    await t.eventually('it arrives', () => t.inbox(bob).minted(), holdsExactly(mail))
    await t.eventually('it arrives at the second recipient', () => t.inbox(carol).minted(), holdsExactly(mail))
  },
})

const requiresStarttls = check({
  id: 'inbound/requires-starttls',
  requirement: 'inbound.requires-starttls',
  title: 'takes no mail on port 25 in clear',
  profile: 'list',
  needs: { reach: ['smtp'] },
  async run(t) {
    const { client } = await t.submission(undefined, { service: 'smtp', raw: true })
    t.control('EHLO is answered', await client.ehlo(), code(250))
    const reply = await attempt(client.command(`MAIL FROM:<somebody@${nowhere}>`))
    // Some refuse at the recipient only.
    const late =
      'code' in reply && reply.code === 250 ? await attempt(rcpt(client, `postmaster@${t.host.domain}`)) : reply
    t.expect('MAIL, or else RCPT, before STARTTLS', late, refusedOrClosed)
  },
})

/**
 * A session in which the server has taken this user for a recipient. From whom mail is taken differs: chatmail relays
 * of version 1.10 refuse the null sender, other servers a domain that is not there.
 */
async function sessionFor(t: CheckContext, { address }: { readonly address: string }): Promise<SmtpClient> {
  const begin = async (sender: string) => {
    const { client } = await t.submission(undefined, { service: 'smtp' })
    const reply = await client.command(`MAIL FROM:${sender}`)
    return { client, reply: reply.code === 250 ? await rcpt(client, address) : reply }
  }
  const first = await begin('<>')
  const { client, reply } = first.reply.code === 250 ? first : await begin(`<somebody@${nowhere}>`)
  t.control('a recipient of its own', reply, code(250), { coveredBy: 'inbound/accepts-signed-mail' })
  return client
}

const relaysForNobody = check({
  id: 'inbound/relays-for-nobody',
  requirement: 'inbound.relays-for-nobody',
  title: 'refuses recipients of other domains on port 25',
  profile: 'list',
  needs: { reach: ['smtp'], accounts: 1 },
  async run(t) {
    const [bob] = await t.accounts(1)
    const client = await sessionFor(t, bob)
    for (const address of [
      `somebody@${nowhere}`,
      `"somebody@${t.host.domain}"@${nowhere}`,
      `somebody%${t.host.domain}@${nowhere}`,
    ]) {
      t.expect(`RCPT ${address}`, await attempt(rcpt(client, address)), refusedOrClosed)
    }
    await client.reset()
  },
})

const commandsTellNothing = (['VRFY', 'EXPN', 'RCPT'] as const).map((verb) =>
  check({
    id: `inbound/${verb.toLowerCase()}-tells-nothing`,
    requirement: 'inbound.commands-tell-nothing',
    title: `${verb} is answered alike, whether the account exists or not`,
    profile: 'list',
    needs: { reach: ['smtp'], accounts: 1 },
    async run(t) {
      const [bob] = await t.accounts(1)
      const missing = t.unusedCredentials().address
      const client =
        verb === 'RCPT' ? await sessionFor(t, bob) : (await t.submission(undefined, { service: 'smtp' })).client
      const ask = (address: string) => (verb === 'RCPT' ? rcpt(client, address) : client.command(`${verb} ${address}`))
      const [known, unknown] = [await ask(bob.address), await ask(missing)]
      t.expect('the two codes', [known, unknown], sameCode)
    },
  }),
)

const clearRepliesTell = observation({
  id: 'inbound/clear-replies-tell',
  requirement: 'inbound.clear-replies-tell-nothing',
  title: 'whether the refusal of unsigned mail in clear tells who exists',
  profile: 'full',
  needs: { ...asPeer, accounts: 1, messages: 2 },
  async run(t) {
    const [bob] = await t.accounts(1)
    const peer = await t.peer()
    const refusal = async (address: string) => {
      const session = await openPort25(t, peer)
      const outcome = await session.send(t.mail.cleartext(peer.address('someone'), address))
      return outcome.reply?.code ?? 0
    }
    t.observe((await refusal(bob.address)) !== (await refusal(t.unusedCredentials().address)))
  },
})

const takesLiteralAuthors = observation({
  id: 'inbound/takes-mail-of-address-literals',
  requirement: 'inbound.mail-of-address-literals',
  title: 'what becomes of unsigned, encrypted mail whose author has an address literal for a domain',
  profile: 'full',
  needs: { ...asPeer, accounts: 1, messages: 1 },
  async run(t) {
    const [bob] = await t.accounts(1)
    const session = await openPort25(t, await t.peer())
    // Reserved for documentation (RFC 5737): nobody is there.
    const seen = treatment(await session.send(await t.mail.encrypted('someone@[192.0.2.1]', bob)))
    if (seen) t.observe(seen)
  },
})

const endsWithCrlfOnly = check({
  id: 'inbound/ends-mail-with-crlf-only',
  requirement: 'inbound.ends-mail-with-crlf-only',
  title: 'no second message can be smuggled in behind bare line feeds',
  profile: 'full',
  needs: { ...asPeer, accounts: 1, messages: 2, cost: 'intrusive', risky: true },
  async run(t) {
    const [bob] = await t.accounts(1)
    const peer = await t.peer()
    const inner = peer.sign(await fromPeer(t, peer, bob))
    for (const end of ['\n.\n', '\n.\r\n', '\r.\r', '\r\n.\r']) await smuggle(t, peer, end, inner, bob.address)
    const sentinel = peer.sign(await fromPeer(t, peer, bob))
    const session = await openPort25(t, peer)
    t.control('an ordinary message is taken', await session.send(sentinel), accepted, {
      coveredBy: 'inbound/accepts-signed-mail',
    })
    await t.eventually('it arrives', () => t.inbox(bob).minted(), holds(sentinel), { control: true })
    const smuggled = (await t.inbox(bob).minted()).filter(({ messageId }) => messageId === inner.messageId)
    t.expect('messages smuggled in', smuggled, holdsExactly())
  },
})

/** A message in clear, which nobody takes, that hides a whole transaction behind an end that is none. */
async function smuggle(
  t: CheckContext,
  peer: Peer,
  end: string,
  inner: { bytes: Uint8Array },
  to: string,
): Promise<void> {
  const session = await openPort25(t, peer)
  const { client } = session
  const from = peer.address('someone')
  await client.command(`MAIL FROM:<${from}>`)
  await rcpt(client, to)
  const prompt = await client.command('DATA')
  if (prompt.code !== 354) return
  const outer = `From: <${from}>\r\nTo: <${to}>\r\nSubject: outer\r\n\r\nclear${end}`
  const hidden = `MAIL FROM:<${from}>\r\nRCPT TO:<${to}>\r\nDATA\r\n`
  const bytes = Buffer.concat([Buffer.from(outer), Buffer.from(hidden), inner.bytes, Buffer.from('.\r\n')])
  t.note(`a message that ends with ${JSON.stringify(end)}, and another transaction behind it`)
  client.write(bytes)
  // Refusals and hang-ups are both fine; what counts is what arrives.
  for (let reply = 0; reply < 4; reply++) {
    const got = await attempt(client.replyWithin(Math.min(500, t.host.timing.reply)))
    if (got === undefined || !('code' in got) || got.code === 421) break
  }
  client.close()
}

/** Reserved for names that lead nowhere (RFC 2606). */
const nowhere = 'nowhere.invalid'

function rcpt(client: { command(line: string): Promise<SmtpReply> }, address: string): Promise<SmtpReply> {
  return client.command(`RCPT TO:<${address}>`)
}

const sameCode = satisfies<readonly SmtpReply[]>(
  'equal',
  ([one, other]) => one?.code === other?.code,
  (replies) => replies.map(({ code: number }) => number).join(' for the one that exists, for the other '),
)

export const port25Checks = [
  acceptsSigned,
  requiresStarttls,
  relaysForNobody,
  ...commandsTellNothing,
  clearRepliesTell,
  takesLiteralAuthors,
  endsWithCrlfOnly,
]
