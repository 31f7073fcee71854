// Checks of /mxdeliv: mail of other servers over HTTPS, judged as on port 25. Servers without it are as good.
import { check } from '../../harness/check/define.ts'
import { holds, holdsExactly, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { Mail } from '../../harness/mail/mail.ts'
import { dotStuff } from '../../harness/wire/dot-stuffing.ts'
import { meeting } from './encryption.ts'
import type { Member } from './members.ts'
import { fromPeer } from './scene.ts'

const needs = { powers: ['peer'], reach: ['https'], accounts: 1, messages: 2 } as const

const takesMail = check({
  id: 'inbound/takes-mail-by-https',
  requirement: 'inbound.takes-mail-by-https',
  title: 'takes signed mail by POST to /mxdeliv, and nothing but POST',
  profile: 'list',
  needs: { ...needs, accounts: 2 },
  async run(t) {
    const status = await statusOfGet(t)
    if (isAbsent(status)) t.unsupported(`no /mxdeliv here: GET is answered ${status}`)
    t.expect('GET', status, notAllowed)
    const [bob, carol] = await t.accounts(2)
    const peer = await t.peer()
    const mail = peer.sign(await fromPeer(t, peer, bob, carol))
    t.expect('POST of a signed message', await post(t, mail), successful)
    await t.eventually('it arrives', () => t.inbox(bob).minted(), holdsExactly(mail))
    await t.eventually('it arrives at the second recipient', () => t.inbox(carol).minted(), holdsExactly(mail))
  },
})

const judgesAlike = (
  [
    ['refuses-unsigned-by-https', 'unsigned mail', (_t, _peer, mail) => mail],
    [
      'refuses-cleartext-by-https',
      'signed mail in clear',
      (t, peer, { envelope }) => {
        const [to = ''] = envelope.to
        return peer.sign(t.mail.cleartext(peer.address('someone'), to))
      },
    ],
    [
      'relays-for-nobody-by-https',
      'mail for other domains',
      (_t, peer, mail) => {
        return peer.sign({ ...mail, envelope: { ...mail.envelope, to: ['somebody@nowhere.invalid'] } })
      },
    ],
  ] as const satisfies readonly (readonly [string, string, Change])[]
).map(([rule, what, change]) =>
  check({
    id: `inbound/${rule}`,
    requirement: 'inbound.judges-https-mail-alike',
    title: `refuses ${what} on /mxdeliv`,
    profile: 'list',
    needs,
    async run(t) {
      const absent = isAbsent(await statusOfGet(t))
      const [bob] = await t.accounts(1)
      const peer = await t.peer()
      const bad = change(t, peer, await fromPeer(t, peer, bob))
      t.expect(`POST of ${what}`, await post(t, bad), refused)
      // Where there is no such door, nothing comes in by it, good or bad.
      if (absent) return t.note('there is no /mxdeliv')
      const good = peer.sign(await fromPeer(t, peer, bob))
      t.control('POST of a good message', await post(t, good), successful, { coveredBy: 'inbound/takes-mail-by-https' })
      await t.eventually('the good one arrives', () => t.inbox(bob).minted(), holds(good), { control: true })
      t.expect('what arrived', await t.inbox(bob).minted(), holdsExactly(good))
    },
  }),
)

const must = (members: readonly Member[], requirement: Member['requirement']) =>
  members.filter((member) => member.requirement === requirement)
const encrypted = must(meeting('accepted'), 'inbound.accepts-encrypted')
const fakes = must(meeting('refused'), 'inbound.refuses-fakes')

const acceptsEncrypted = check({
  id: 'inbound/accepts-encrypted-by-https',
  requirement: 'inbound.takes-mail-by-https',
  title: 'takes on /mxdeliv every form of encrypted mail that clients write',
  profile: 'full',
  needs: { ...needs, messages: encrypted.length, deadline: 120_000 },
  async run(t) {
    const status = await statusOfGet(t)
    if (isAbsent(status)) t.unsupported(`no /mxdeliv here: GET is answered ${status}`)
    const [bob] = await t.accounts(1)
    const peer = await t.peer()
    const sent: Mail[] = []
    for (const { make } of encrypted) {
      const mail = await make(t, peer, bob)
      t.expect(`POST of ${mail.description}`, await post(t, mail), successful)
      sent.push(mail)
    }
    await t.eventually('they arrive', () => t.inbox(bob).minted(), holdsExactly(...sent))
  },
})

const refusesFakes = check({
  id: 'inbound/refuses-fakes-by-https',
  requirement: 'inbound.judges-https-mail-alike',
  title: 'refuses on /mxdeliv what only looks encrypted',
  profile: 'full',
  needs: { ...needs, messages: fakes.length + 1, deadline: 120_000 },
  async run(t) {
    const absent = isAbsent(await statusOfGet(t))
    const [bob] = await t.accounts(1)
    const peer = await t.peer()
    for (const { make } of fakes) {
      const mail = await make(t, peer, bob)
      t.expect(`POST of ${mail.description}`, await post(t, mail), refused)
      if (absent) return t.note('there is no /mxdeliv')
    }
    const good = peer.sign(await fromPeer(t, peer, bob))
    t.control('POST of a good message', await post(t, good), successful, { coveredBy: 'inbound/takes-mail-by-https' })
    await t.eventually('the good one arrives', () => t.inbox(bob).minted(), holds(good), { control: true })
    t.expect('what arrived', await t.inbox(bob).minted(), holdsExactly(good))
  },
})

type Change = (t: CheckContext, peer: Awaited<ReturnType<CheckContext['peer']>>, mail: Mail) => Mail

async function statusOfGet(t: CheckContext): Promise<number> {
  return (await t.https.request(url(t))).status
}

function isAbsent(status: number): boolean {
  return status === 404 || status === 403
}

async function post(t: CheckContext, mail: Mail): Promise<number> {
  const { envelope, bytes } = mail
  // In the form of DATA, but for the dot that ends it.
  const stuffed = dotStuff(bytes)
  const { status } = await t.https.request(url(t), {
    method: 'POST',
    headers: { 'X-MAIL-FROM': envelope.from, 'X-MAIL-TO': envelope.to },
    body: stuffed.subarray(0, stuffed.length - '.\r\n'.length),
  })
  t.note(`POST /mxdeliv of ${mail.description}: ${status}`)
  return status
}

function url(t: CheckContext): string {
  return `https://${t.host.domain}/mxdeliv`
}

const successful = satisfies<number>('a 2xx status', (status) => status >= 200 && status < 300, String)

const notAllowed = satisfies<number>('status 405, or 404 where there is none', (status) => status === 405, String)

const refused = satisfies<number>('a 4xx or 5xx status', (status) => status >= 400, String)

export const mxdelivChecks = [takesMail, ...judgesAlike, acceptsEncrypted, refusesFakes]
