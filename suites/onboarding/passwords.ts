// Checks of what names and passwords a server takes for a new account. Those that end in refusals run last: fail2ban
// and the like count them.
import { check } from '../../harness/check/define.ts'
import { imapOk, imapRefusedOrClosed } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import { type Credentials, controlOrdinaryNames, letIn, loginByImap, loginBySmtp, wrongPassword } from './login.ts'

const odd = check({
  id: 'onboarding/accepts-odd-passwords',
  requirement: 'onboarding.accepts-odd-passwords',
  title: 'takes passwords with quotes and backslashes',
  needs: { creates: 1 },
  async run(t) {
    const { address, password } = t.unusedCredentials()
    await takes(t, { address, password: `${password.slice(0, -12)}"\\'/{9}%*$!\`` }, 'with quotes and backslashes')
  },
})

const long = check({
  id: 'onboarding/accepts-long-passwords',
  requirement: 'onboarding.accepts-long-passwords',
  title: 'takes passwords of 50 characters',
  profile: 'list',
  needs: { creates: 1 },
  async run(t) {
    await takes(t, t.unusedCredentials({ passwordLength: 50 }), 'of 50 characters')
  },
})

async function takes(t: CheckContext, credentials: Credentials, words: string): Promise<void> {
  const { reply } = await loginByImap(t, credentials)
  if (!imapOk.matches(reply)) await controlOrdinaryNames(t)
  t.expect(`LOGIN with a password ${words}`, reply, imapOk)
  if (!imapOk.matches(reply)) return
  await t.made(credentials)
  t.expect('AUTH with the same', await loginBySmtp(t, credentials), letIn)
}

const short = check({
  id: 'onboarding/refuses-short-password',
  requirement: 'onboarding.refuses-short-password',
  title: 'makes no account with a password of 5 characters',
  profile: 'list',
  needs: { creates: 1, risky: true },
  async run(t) {
    await controlOrdinaryNames(t)
    const { address } = t.unusedCredentials()
    const { reply } = await loginByImap(t, { address, password: wrongPassword.slice(0, 5) })
    t.expect('LOGIN with a new name and a password of 5', reply, imapRefusedOrClosed)
  },
})

const oddNames: readonly (readonly [what: string, change: (localpart: string) => string])[] = [
  ['a space', (localpart) => `${localpart.slice(0, 4)} ${localpart.slice(5)}`],
  ['a control character', (localpart) => `${localpart.slice(0, 4)}\x01${localpart.slice(5)}`],
  ['a second @', (localpart) => `${localpart.slice(0, 4)}@${localpart.slice(5)}`],
]

const names = check({
  id: 'onboarding/refuses-odd-names',
  requirement: 'onboarding.refuses-odd-names',
  title: 'makes no account with a space, a control character or a second @ in its name',
  profile: 'list',
  needs: { creates: 1, risky: true },
  async run(t) {
    await controlOrdinaryNames(t)
    for (const [what, change] of oddNames) {
      const [localpart = '', domain = ''] = t.unusedCredentials().address.split('@')
      const { reply } = await loginByImap(t, { address: `${change(localpart)}@${domain}`, password: wrongPassword })
      t.expect(`LOGIN with ${what} in the name`, reply, imapRefusedOrClosed)
    }
  },
})

const foreign = check({
  id: 'onboarding/refuses-foreign-domain',
  requirement: 'onboarding.refuses-foreign-domain',
  title: 'makes no account under a foreign domain',
  profile: 'list',
  needs: { creates: 1, risky: true },
  async run(t) {
    await controlOrdinaryNames(t)
    const [localpart] = t.unusedCredentials().address.split('@')
    const { reply } = await loginByImap(t, { address: `${localpart}@chatmail-check.invalid`, password: wrongPassword })
    t.expect('LOGIN under a domain of others', reply, imapRefusedOrClosed)
  },
})

export const passwordChecks = [odd, long, short, names, foreign]
