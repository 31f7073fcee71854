// Who else says so: for each must, a client, a server or a recording that nobody here wrote.
import type { RequirementId } from '../catalogue/index.ts'
import { allChecks } from '../harness/check/plan.ts'
import { deltachatSuite } from '../suites/deltachat/index.ts'
import { suites } from '../suites/index.ts'
import { decidedChecks } from '../testbeds/plain-mail/expected-verdicts.ts'
import { recordedWitnesses } from './recorded/index.ts'

export interface Witness {
  readonly by:
    | 'postfix-dovecot'
    | 'imapflow'
    | 'nodemailer'
    | 'curl'
    | 'recording'
    | 'deltachat-core'
    | 'smtp-server'
    | 'mailauth'
  /** The test that brings the witness. */
  readonly test: string
}

const recording: Witness = { by: 'recording', test: 'proof/recorded.test.ts' }
const realServer: Witness = { by: 'postfix-dovecot', test: 'testbeds/plain-mail/negative-control.test.ts' }

/** What the tests with ordinary clients show of the reference server. */
const clients: readonly (Witness & { readonly of: readonly RequirementId[] })[] = [
  {
    by: 'imapflow',
    test: 'proof/ordinary-clients.test.ts',
    of: [
      'onboarding.new-proposal-works',
      'onboarding.is-ready-in-seconds',
      'onboarding.creates-account-once',
      'onboarding.accepts-credentials-of-apps',
      'onboarding.keeps-users-with-equal-passwords-apart',
      'onboarding.accepts-odd-passwords',
      'onboarding.accepts-long-passwords',
      'onboarding.compares-whole-password',
      'onboarding.compares-password-case',
      'onboarding.compares-password-punctuation',
      'onboarding.autoconfig-endpoints-work',
      'encryption.delivers-nothing-refused',
      'delivery.never-duplicates',
      'imap.keeps-its-word-on-compression',
      'privacy.keeps-tokens-private',
    ],
  },
  {
    by: 'nodemailer',
    test: 'proof/ordinary-clients.test.ts',
    of: [
      'onboarding.creates-account-on-first-smtp-login',
      'onboarding.creates-account-once',
      'onboarding.accepts-credentials-of-apps',
      'onboarding.accepts-odd-passwords',
      'onboarding.accepts-long-passwords',
      'onboarding.autoconfig-endpoints-work',
    ],
  },
  { by: 'curl', test: 'proof/ordinary-clients.test.ts', of: ['onboarding.new-proposals-differ'] },
  { by: 'curl', test: 'reference-server/web/mxdeliv.test.ts', of: ['inbound.judges-https-mail-alike'] },
  { by: 'nodemailer', test: 'reference-server/inbound/session.test.ts', of: ['inbound.refuses-fakes'] },
  // A real relay refuses what does not keep these.
  { by: 'recording', test: 'proof/recorded.test.ts', of: ['federation.signs-mail', 'federation.signs-as-author'] },
  {
    by: 'smtp-server',
    test: 'reference-server/outbound/outbound.test.ts',
    of: ['federation.delivers-elsewhere', 'federation.reaches-every-recipient', 'federation.tries-again'],
  },
  {
    by: 'smtp-server',
    test: 'reference-server/outbound/wrong-decisions.test.ts',
    of: ['federation.delivers-once', 'federation.falls-back-to-smtp', 'federation.tries-again'],
  },
  { by: 'mailauth', test: 'suites/federation/federation.test.ts', of: ['federation.signs-mail'] },
  {
    by: 'imapflow',
    test: 'reference-server/imap/ordinary-clients.test.ts',
    of: ['imap.logs-in-with-quoted-escapes', 'imap.notifies-while-idle', 'imap.returns-exact-bytes'],
  },
]

export const witnesses: Readonly<Record<string, readonly Witness[]>> = collect()

function collect(): Record<string, Witness[]> {
  const found: Record<string, Witness[]> = {}
  const add = (id: string, witness: Witness) => {
    found[id] ??= []
    if (!found[id].some(({ by, test }) => by === witness.by && test === witness.test)) found[id].push(witness)
  }
  for (const id of Object.keys(recordedWitnesses)) add(id, recording)
  for (const { id, requirement } of allChecks(suites)) if (decidedChecks.has(id)) add(requirement, realServer)
  // The judge of this area is the witness: nobody here wrote it.
  for (const { requirement } of deltachatSuite.checks)
    add(requirement, { by: 'deltachat-core', test: 'suites/deltachat/deltachat.test.ts' })
  for (const { by, test, of } of clients) for (const id of of) add(id, { by, test })
  return found
}
