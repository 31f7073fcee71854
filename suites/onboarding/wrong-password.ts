// Checks with wrong passwords. All of them run last and use the same wrong password (see login.ts), so that a server
// which slows down guessers is not provoked, and nothing else is measured while it does.
import { batch, check } from '../../harness/check/define.ts'
import { imapOk, imapRefusedOrClosed, refusedOrClosed, showSmtp } from '../../harness/check/matchers.ts'
import type { BatchContext, CheckContext, CheckMeta } from '../../harness/check/types.ts'
import { type Credentials, isThrottled, letIn, loginByImap, trySmtp, wrongPassword } from './login.ts'

const refuses: CheckMeta = {
  id: 'onboarding/refuses-wrong-password',
  requirement: 'onboarding.refuses-wrong-password',
  title: 'refuses a wrong password',
}

const keeps: CheckMeta = {
  id: 'onboarding/keeps-password-after-wrong-login',
  requirement: 'onboarding.keeps-password-after-wrong-login',
  title: 'lets the owner in after somebody tried a wrong password',
}

const spares: CheckMeta = {
  id: 'onboarding/lets-others-in-after-wrong-logins',
  requirement: 'onboarding.lets-others-in-after-wrong-logins',
  title: 'lets other users in from where a wrong password came',
}

const empty: CheckMeta = {
  id: 'onboarding/refuses-empty-password',
  requirement: 'onboarding.refuses-empty-password',
  title: 'refuses an empty password',
  profile: 'list',
}

/**
 * One scene for all: each further failed login would cost two seconds and some of the server's patience. The empty
 * password, a second wrong one, comes after the logins that must succeed: Dovecot has forgiven the first by then.
 */
export const wrongPasswordBatch = batch({
  id: 'onboarding/wrong-password',
  needs: { accounts: 2, risky: true },
  members: [refuses, keeps, spares, empty],
  async run(t, chosen) {
    const [owner, other] = await t.accounts(2)
    if (chosen.some(({ id }) => id !== empty.id)) await oneWrongPassword(t, owner, other)
    if (!chosen.some(({ id }) => id === empty.id)) return
    const { reply } = await loginByImap(t, { address: owner.address, password: '' })
    t.member(empty.id).expect('LOGIN with an empty password', reply, imapRefusedOrClosed)
  },
})

async function oneWrongPassword(t: BatchContext, owner: Credentials, other: Credentials): Promise<void> {
  const wrong = { address: owner.address, password: wrongPassword }
  // Submission first: Postfix gives up sooner than IMAP clients do when Dovecot begins to slow guessers down.
  const bySmtp = await trySmtp(t, wrong)
  const byImap = await loginByImap(t, wrong)
  // 454 may be the answer to the password (maddy) or to somebody who guesses too fast (Postfix): IMAP decides then.
  if (isThrottled(bySmtp)) t.member(refuses.id).note(`AUTH with a wrong password: put off, ${showSmtp(bySmtp)}`)
  else t.member(refuses.id).expect('AUTH with a wrong password', bySmtp, refusedOrClosed)
  t.member(refuses.id).expect('LOGIN with a wrong password', byImap.reply, imapRefusedOrClosed)

  t.member(keeps.id).expect('LOGIN of the owner after that', (await loginByImap(t, owner)).reply, imapOk)
  await expectAuth(t, keeps, 'AUTH of the owner after that', owner)
  t.member(spares.id).expect('LOGIN of another user after that', (await loginByImap(t, other)).reply, imapOk)
  await expectAuth(t, spares, 'AUTH of another user after that', other)
}

/** Being put off is neither being let in nor being refused; the login over IMAP has decided the rule then. */
async function expectAuth(t: BatchContext, { id }: CheckMeta, what: string, who: Credentials): Promise<void> {
  const reply = await trySmtp(t, who)
  if (isThrottled(reply)) t.member(id).note(`${what}: put off, as Dovecot does after failed logins; not judged`)
  else t.member(id).expect(what, reply, letIn)
}

/**
 * An account whose password almost is the one wrong password of all checks, which then must not open it. It is given
 * up afterwards: whoever reads this file nearly knows its password.
 */
async function almost(t: CheckContext, password: string, what: string): Promise<void> {
  const { address } = t.unusedCredentials()
  const made = await loginByImap(t, { address, password })
  t.control('a new account gets in', made.reply, imapOk, {
    coveredBy: 'onboarding/creates-account-on-first-imap-login',
  })
  const { reply } = await loginByImap(t, { address, password: wrongPassword })
  t.expect(`LOGIN with a password that differs only ${what}`, reply, imapRefusedOrClosed)
}

const whole = check({
  id: 'onboarding/compares-whole-password',
  requirement: 'onboarding.compares-whole-password',
  title: 'compares passwords to their end',
  profile: 'list',
  needs: { creates: 1, risky: true },
  run: (t) => almost(t, `${wrongPassword.slice(0, -1)}e`, 'in its last character'),
})

const cases = check({
  id: 'onboarding/compares-password-case',
  requirement: 'onboarding.compares-password-case',
  title: 'tells upper from lower case in passwords',
  profile: 'list',
  needs: { creates: 1, risky: true },
  run: (t) => almost(t, wrongPassword.toLowerCase(), 'in upper and lower case'),
})

const punctuation = check({
  id: 'onboarding/compares-password-punctuation',
  requirement: 'onboarding.compares-password-punctuation',
  title: 'tells punctuation in passwords apart',
  profile: 'list',
  needs: { creates: 1, risky: true },
  run: (t) => almost(t, wrongPassword.replaceAll('-', '+'), 'in its punctuation'),
})

export const wrongPasswordChecks = [whole, cases, punctuation]
