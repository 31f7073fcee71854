// Judges the checks by the words of a real chatmail relay: its recorded sessions are played back to them, and each check must
// say of them what is true. A check that asks what nobody recorded fails here.
import { describe, expect, it } from 'vitest'
import type { Verdict } from '../harness/result/schema.ts'
import { runOnReference } from './reference-run.ts'
import { type Replay, type ReplayScene, startReplay } from './replay/server.ts'
import type { RecordedMessageName } from './replay/smtp-table.ts'

interface Case extends ReplayScene {
  readonly name: string
  /** Each alone where messages differ, for they come in the order of the scene. */
  readonly checks: readonly string[]
  readonly verdict: Verdict
}

const cases: readonly Case[] = [
  {
    name: 'IMAP before and after login',
    verdict: 'pass',
    checks: [
      'imap/greets',
      'imap/answers-capability',
      'imap/advertises-xchatmail',
      'imap/advertises-idle',
      'imap/answers-id',
      'imap/lists-inbox',
      'imap/selects-inbox',
      'imap/shows-uidvalidity',
      'imap/shows-uidnext',
      'imap/shows-namespace',
      'imap/shows-quota',
      'imap/refuses-cleartext-login',
      'imap/logs-in-over-starttls',
      'imap/authenticates-plain',
      'imap/names-iroh-relay',
      'imap/names-turn-server',
      'imap/names-admin-by-uri',
      'imap/idles',
      'imap/adds-device-tokens',
      'imap/keeps-device-token',
      'imap/ends-session-on-logout',
    ],
  },
  {
    name: 'a metadata key that came later',
    verdict: 'unsupported',
    checks: ['imap/tells-most-recipients'],
  },
  {
    name: 'accounts',
    verdict: 'pass',
    checks: [
      'onboarding/new-proposes-credentials',
      'onboarding/new-redirects-browsers',
      'onboarding/creates-account-on-first-imap-login',
      'onboarding/creates-account-on-first-smtp-login',
      'onboarding/lets-owner-back-in',
      'onboarding/refuses-short-password',
      'onboarding/refuses-foreign-domain',
      'onboarding/refuses-wrong-password',
      'onboarding/keeps-password-after-wrong-login',
      'onboarding/lets-others-in-after-wrong-logins',
    ],
  },
  {
    name: 'submission, and encrypted mail only',
    verdict: 'pass',
    messages: ['encrypted'],
    checks: [
      'encryption/accepts-pkesk-v3-seipd-v1',
      'sender/refuses-mail-without-login',
      'sender/offers-plain-login',
      'sender/offers-working-logins',
      'sender/accepts-address-literal',
      'sender/refuses-mail-before-tls',
      'sender/offers-no-login-before-tls',
      'sender/refuses-login-before-tls',
      'sender/logs-in-after-starttls',
      'sender/refuses-envelope-of-other-user',
      'sender/refuses-envelope-of-other-domain',
      'sender/refuses-null-sender',
      'sender/accepts-display-name',
      'sender/accepts-upper-case',
      'delivery/advertises-size',
      'delivery/delivers-plus-addresses',
      'delivery/takes-several-messages',
      'delivery/delivers-over-starttls',
      'delivery/delivers-unread',
      'delivery/accepts-burst-of-ten',
      'imap/notifies-while-idle',
      'privacy/replaces-subject',
      'privacy/vrfy-tells-nothing',
    ],
  },
  {
    name: 'cleartext, then encrypted',
    verdict: 'pass',
    messages: ['cleartext', 'encrypted'],
    checks: [
      'encryption/refuses-cleartext',
      'encryption/delivers-nothing-it-refused',
      'delivery/stays-usable-after-refusal',
    ],
  },
  {
    name: 'encrypted, then cleartext',
    verdict: 'pass',
    messages: ['encrypted', 'cleartext'],
    checks: ['encryption/refuses-for-good'],
  },
  refused('encryption/refuses-read-receipt', 'read receipt'),
  refused('encryption/refuses-literal-in-armour', 'literal packet in armour'),
  refused('encryption/refuses-armour-in-text-plain', 'armour in text/plain'),
  refused('encryption/refuses-securejoin-other-body', 'securejoin header over other text'),
  refused('encryption/refuses-setup-message-to-others', 'setup message to somebody'),
  refused('sender/refuses-other-local-user', 'From of somebody else'),
  refused('sender/refuses-foreign-domain', 'From of somebody else'),
  refused('sender/refuses-no-from', 'no From'),
  {
    name: 'a first securejoin request',
    verdict: 'pass',
    messages: ['first securejoin request', 'encrypted'],
    checks: ['encryption/accepts-securejoin-vc-request'],
  },
  {
    name: 'a sender who has used up the allowance is not blamed on the relay',
    verdict: 'inconclusive',
    messages: ['cleartext', 'encrypted'],
    throttled: true,
    checks: ['encryption/refuses-cleartext'],
  },
]

/** A message that was refused, and an encrypted one behind it. */
function refused(check: string, message: RecordedMessageName): Case {
  return { name: `${message}: ${check}`, verdict: 'pass', messages: [message, 'encrypted'], checks: [check] }
}

async function play(scene: ReplayScene, checks: readonly string[]) {
  let replay: Replay | undefined
  const { findings } = await runOnReference({
    only: checks,
    jobs: 1,
    costs: ['intrusive'],
    timing: { connect: 2_000, reply: 2_000, arrival: 1_500, check: 8_000, backoff: 100 },
    between: async (host) => {
      replay = await startReplay(scene, host)
      return replay
    },
  })
  return { findings, notRecorded: replay?.notRecorded ?? [] }
}

describe.concurrent('a recorded relay played back', () => {
  it.each(cases)('$name', async ({ checks, verdict, ...scene }) => {
    const { findings, notRecorded } = await play(scene, checks)
    expect(notRecorded).toEqual([])
    const others = findings.filter((finding) => finding.verdict !== verdict)
    expect(others.map((finding) => `${finding.check} says ${finding.verdict}: ${finding.reason}`)).toEqual([])
    expect(findings.map((finding) => finding.check).sort()).toEqual([...checks].sort())
  })

  it('carries as many checks as it did', () => {
    expect(new Set(cases.flatMap(({ checks }) => checks)).size).toBeGreaterThanOrEqual(60)
  })

  it('ends where a check asks for what nobody recorded', async () => {
    const { notRecorded } = await play({}, ['imap/answers-core-metadata-request'])
    expect(notRecorded.join()).toContain('IMAP, in: GETMETADATA "" (/shared/comment')
  })

  it('takes no other message for the recorded one', async () => {
    const { notRecorded } = await play({ messages: ['cleartext'] }, ['encryption/accepts-pkesk-v3-seipd-v1'])
    expect(notRecorded.join()).toContain('a message that is not like the recorded one, "cleartext"')
  })
})
