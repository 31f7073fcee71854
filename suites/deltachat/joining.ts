// Getting Delta Chat onto the server by each form of invite, and two users to know each other.
import { check } from '../../harness/check/define.ts'
import { atMost } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { Device } from '../../harness/deltachat/device.ts'
import { fullLoginCode, isBelieved, plainLoginCode } from '../../harness/deltachat/login-code.ts'
import { arrived, devices, done, happened, outcome, say, taken, text, withCore } from './scene.ts'

const setupLimitMs = 5_000

/** Scans a code that makes an account, and hands that over to the pool. */
async function scan(t: CheckContext, code: string, what: string): Promise<void> {
  const deltachat = await t.deltachat()
  const device = await deltachat.blank()
  t.expect(what, await outcome(deltachat.configure(device, code)), done)
  await keep(t, device)
}

/** The account that the core has made is one for other checks, too. */
async function keep(t: CheckContext, device: Device): Promise<void> {
  if (device.address === '') return
  const { mail_pw: password } = await device.rpc.batchGetConfig(device.id, ['mail_pw'])
  if (password) await t.made({ address: device.address, password })
}

const onboardsByName = check({
  id: 'deltachat/onboards-by-name',
  requirement: 'deltachat.onboards-by-name',
  title: 'lets Delta Chat in that knows only the name: dcaccount:HOST',
  profile: 'full',
  needs: { ...withCore, deltachat: 'believed', creates: 1 },
  async run(t) {
    await scan(t, `dcaccount:${t.host.domain}`, 'dcaccount:HOST')
  },
})

const onboardsByLink = check({
  id: 'deltachat/onboards-by-link',
  requirement: 'deltachat.onboards-by-link',
  title: 'lets Delta Chat in by the link of the page: dcaccount:https://HOST/new',
  profile: 'full',
  needs: { ...withCore, deltachat: 'believed', reach: ['https'], creates: 1 },
  async run(t) {
    await scan(t, `dcaccount:https://${t.host.domain}/new`, 'dcaccount:https://HOST/new')
  },
})

const onboardsByLogin = check({
  id: 'deltachat/onboards-by-login',
  requirement: 'deltachat.onboards-by-login',
  title: 'lets Delta Chat in with address and password: dclogin:',
  profile: 'full',
  needs: { ...withCore, accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const deltachat = await t.deltachat()
    const device = await deltachat.blank()
    const code = isBelieved(t.host) ? plainLoginCode(account) : fullLoginCode(t.host, account)
    t.expect('dclogin:', await outcome(deltachat.configure(device, code)), done)
  },
})

const onboardsInSeconds = check({
  id: 'deltachat/onboards-in-seconds',
  requirement: 'deltachat.onboards-in-seconds',
  title: 'has Delta Chat ready to chat in seconds after the scan',
  profile: 'full',
  needs: { ...withCore, creates: 1 },
  async run(t) {
    const deltachat = await t.deltachat()
    const device = await deltachat.blank()
    // The link of the page is what people scan.
    const byLink = isBelieved(t.host) && t.host.endpoints.https !== undefined
    const code = byLink ? `dcaccount:https://${t.host.domain}/new` : fullLoginCode(t.host, t.unusedCredentials())
    const started = t.now()
    const scanned = await outcome(deltachat.configure(device, code))
    const took = t.now() - started
    t.control('it gets in at all', scanned, done, { coveredBy: 'deltachat/onboards-by-login' })
    await keep(t, device)
    t.measure('deltachat.setup', 'Delta Chat ready after the scan', 'ms', [took])
    t.note('the client itself takes 0.1 to 0.3 s, and about 15 round trips')
    t.expect('from the scan to IDLE', Math.round(took), atMost(setupLimitMs, ' ms'))
  },
})

const joinsSecurely = check({
  id: 'deltachat/joins-securely',
  requirement: 'deltachat.joins-securely',
  title: 'carries the securejoin handshake of two users',
  profile: 'full',
  needs: { ...withCore, accounts: 2, messages: 6 },
  async run(t) {
    const [inviter, joiner] = await devices(t, await t.accounts(2))
    if (!inviter || !joiner) throw new Error('two accounts make two devices')
    await securejoin(t, inviter, joiner)
  },
})

/** The whole handshake, four mails, and then a text in the chat that came of it. */
export async function securejoin(t: CheckContext, inviter: Device, joiner: Device): Promise<void> {
  const invite = await inviter.rpc.getChatSecurejoinQrCode(inviter.id, null)
  const started = t.now()
  const chat = await joiner.rpc.secureJoin(joiner.id, invite)
  const complete = {
    fits: ({ progress }: { progress: number }) => progress === 1000,
    within: 2 * t.host.timing.arrival,
  }
  const [there, here] = await Promise.all([
    inviter.event('SecurejoinInviterProgress', complete),
    joiner.event('SecurejoinJoinerProgress', complete),
  ])
  t.expect('the joiner has verified the inviter', here, happened)
  t.expect('the inviter has verified the joiner', there, happened)
  if (!here || !there) return
  t.measure('deltachat.securejoin', 'securejoin', 'ms', [Math.max(here.at, there.at) - started])
  const words = text(t, 'just verified')
  t.expect('the server takes a text after it', (await say(joiner, chat, words)).taken, taken)
  t.expect('the text, at the other side', await inviter.message((message) => message.text === words), arrived)
}

export const joiningChecks = [onboardsByName, onboardsByLink, onboardsByLogin, onboardsInSeconds, joinsSecurely]
