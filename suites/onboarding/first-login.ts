// Checks of the first login, which makes the account, and of the next ones.
import { check } from '../../harness/check/define.ts'
import { attempt, equals, imapOk, isFalse, isTrue } from '../../harness/check/matchers.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import {
  type Credentials,
  controlOrdinaryNames,
  firstLogin,
  isInByImap,
  isInBySmtp,
  isThrottled,
  letIn,
  loginByImap,
  loginBySmtp,
} from './login.ts'
import { putMarker, removeMarker, seesMarker } from './mailbox.ts'

const overImap = check({
  id: 'onboarding/creates-account-on-first-imap-login',
  requirement: 'onboarding.creates-account-on-first-imap-login',
  title: 'makes an account at the first IMAP login',
  needs: { creates: 1 },
  async run(t) {
    const { got, credentials } = await firstLogin(
      t,
      (fresh) => loginByImap(t, fresh),
      isInByImap,
      async (fresh) => isInBySmtp(await loginBySmtp(t, fresh)),
    )
    const { reply, client } = got
    t.expect('LOGIN with a name that nobody has used', reply, imapOk)
    if (!imapOk.matches(reply)) return
    await t.made(credentials)
    const selected = await attempt(client.select('INBOX'))
    t.expect('INBOX is there at once', selected instanceof WireError ? selected : selected.reply, imapOk)
  },
})

const overSmtp = check({
  id: 'onboarding/creates-account-on-first-smtp-login',
  requirement: 'onboarding.creates-account-on-first-smtp-login',
  title: 'makes an account at the first login for submission',
  needs: { creates: 1 },
  async run(t) {
    const { got: reply, credentials } = await firstLogin(
      t,
      (fresh) => loginBySmtp(t, fresh),
      isInBySmtp,
      async (fresh) => isInByImap(await loginByImap(t, fresh)),
    )
    t.expect('AUTH with a name that nobody has used', reply, letIn)
    if (!letIn.matches(reply)) return
    await t.made(credentials)
    t.expect('LOGIN with the same', (await loginByImap(t, credentials)).reply, imapOk)
  },
})

const half = 5

const once = check({
  id: 'onboarding/creates-account-once-under-concurrent-logins',
  requirement: 'onboarding.creates-account-once',
  title: 'makes one account when ten first logins come at once',
  needs: { creates: 1 },
  async run(t) {
    const credentials = t.unusedCredentials()
    const clients = await Promise.all(Array.from({ length: half }, () => t.imap()))
    const submissions = await Promise.all(Array.from({ length: half }, () => t.submission()))
    const [byImap, bySmtp] = await Promise.all([
      Promise.all(clients.map((client) => attempt(client.login(credentials.address, credentials.password)))),
      Promise.all(
        submissions.map(({ client }) => attempt(client.authPlain(credentials.address, credentials.password))),
      ),
    ])
    if (bySmtp.some(isThrottled)) t.inconclusive('the server asks for patience at AUTH')
    const inByImap = byImap.filter((reply) => imapOk.matches(reply)).length
    const inBySmtp = bySmtp.filter((reply) => letIn.matches(reply)).length
    if (inByImap < half || inBySmtp < half) await controlOrdinaryNames(t, 'both')
    t.expect(`how many of ${half} get in over IMAP`, inByImap, equals(half))
    t.expect(`how many of ${half} get in for submission`, inBySmtp, equals(half))
    const [first, ...others] = clients.filter((_, at) => imapOk.matches(byImap[at] as never))
    if (first === undefined) return
    await t.made(credentials)

    const marker = await putMarker(t, first, credentials)
    t.control('the session that filed a message sees it', await seesMarker(first, marker), isTrue)
    const later = await loginByImap(t, credentials)
    t.expect('a later login gets in', later.reply, imapOk)
    const seen = await Promise.all([...others, later.client].map((client) => seesMarker(client, marker)))
    t.expect('all sessions see the same mailbox', !seen.includes(false), isTrue)
    await removeMarker(first, marker)
  },
})

const likeApps = check({
  id: 'onboarding/accepts-credentials-of-apps',
  requirement: 'onboarding.accepts-credentials-of-apps',
  title: 'takes the names and passwords that apps invent',
  needs: { creates: 1 },
  async run(t) {
    // Names of under six letters come without our `ci-`, as apps write them.
    const [front, back] = [4, 5].map((length) => t.unusedCredentials({ localpartLength: length, passwordLength: 22 }))
    const credentials: Credentials = {
      address: `${front?.address.split('@')[0]}${back?.address}`,
      password: back?.password ?? '',
    }
    const [{ reply }, submission] = await Promise.all([loginByImap(t, credentials), loginBySmtp(t, credentials)])
    if (!imapOk.matches(reply) || !letIn.matches(submission)) await controlOrdinaryNames(t, 'both')
    t.expect('LOGIN with 9 letters and digits, and a password of 22', reply, imapOk)
    t.expect('AUTH with the same at the same moment', submission, letIn)
    if (imapOk.matches(reply)) await t.made(credentials)
  },
})

const ownerAgain = check({
  id: 'onboarding/lets-owner-back-in',
  requirement: 'onboarding.lets-owner-back-in',
  title: 'lets the owner of an account in again',
  needs: { accounts: 1 },
  async run(t) {
    const [owner] = await t.accounts(1)
    t.expect('LOGIN of the owner', (await loginByImap(t, owner)).reply, imapOk)
    t.expect('AUTH of the owner', await loginBySmtp(t, owner), letIn)
    t.expect('LOGIN once more', (await loginByImap(t, owner)).reply, imapOk)
  },
})

const keptApart = check({
  id: 'onboarding/keeps-users-with-equal-passwords-apart',
  requirement: 'onboarding.keeps-users-with-equal-passwords-apart',
  title: 'keeps two users with the same password apart',
  needs: { creates: 2 },
  async run(t) {
    const alice = t.unusedCredentials()
    const bob = { ...t.unusedCredentials(), password: alice.password }
    const hers = await loginByImap(t, alice)
    t.control('the first of two gets in', hers.reply, imapOk, {
      coveredBy: 'onboarding/creates-account-on-first-imap-login',
    })
    await t.made(alice)
    const his = await loginByImap(t, bob)
    t.expect('the second one gets in with the same password', his.reply, imapOk)
    if (!imapOk.matches(his.reply)) return
    await t.made(bob)
    const marker = await putMarker(t, hers.client, alice)
    t.control('the first sees her message', await seesMarker(hers.client, marker), isTrue)
    t.expect('the second sees her message', await seesMarker(his.client, marker), isFalse)
    await removeMarker(hers.client, marker)
  },
})

export const firstLoginChecks = [overImap, overSmtp, once, likeApps, ownerAgain, keptApart]
