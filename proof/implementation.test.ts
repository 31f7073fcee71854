// The guess at what a server runs: right for each real implementation that the reference server can be like and for the
// recorded relay, from what ordinary checks see; and whatever it is, no verdict depends on it.
import { describe, it } from 'vitest'
import type { Result } from '../harness/result/schema.ts'
import type { PresetId } from '../reference-server/presets/index.ts'
import { type ReferenceRun, runOnReference } from './reference-run.ts'
import { startReplay } from './replay/server.ts'

/** What every quick run does. */
const ordinary = [
  'encryption/refuses-cleartext',
  'imap/answers-core-metadata-request',
  'imap/selects-inbox',
  'imap/shows-quota',
  'onboarding/new-redirects-browsers',
  'sender/refuses-other-local-user',
]

const run = (options: ReferenceRun) => runOnReference({ only: ordinary, brisk: true, jobs: 6, ...options })

function seen({ hosts }: Result) {
  const { evidence = [], ...guess } = hosts[0]?.implementation ?? {}
  return { ...guess, clues: evidence.length }
}

const relay = { name: 'relay', confidence: 'likely' } as const

describe.concurrent('the guess at what a server runs', () => {
  const expected: Readonly<Record<PresetId, Partial<ReturnType<typeof seen>>>> = {
    'relay-2025-02': { ...relay, text: 'chatmail relay before 1.8' },
    'relay-1.9': { ...relay, text: 'chatmail relay 1.8-1.9', versions: '1.8-1.9' },
    'relay-1.12': { ...relay, text: 'chatmail relay 1.12' },
    'relay-1.12-selfsigned': { ...relay, text: 'chatmail relay 1.12' },
    madmail: { name: 'madmail', confidence: 'likely', text: 'madmail' },
  }

  it.for(Object.entries(expected))('is right for %s', async ([like, guess], { expect }) => {
    const result = seen(await run({ like: like as PresetId }))
    expect(result).toMatchObject(guess)
    expect(result.clues).toBeGreaterThan(3)
  })

  it('is right for the recorded relay', async ({ expect }) => {
    const result = await runOnReference({
      only: ['encryption/refuses-cleartext', 'imap/names-turn-server', 'imap/answers-id', 'imap/tells-most-recipients'],
      jobs: 1,
      timing: { connect: 2_000, reply: 2_000, arrival: 1_500, check: 8_000, backoff: 100 },
      between: (host) => startReplay({ messages: ['cleartext', 'encrypted'] }, host),
    })
    expect(seen(result)).toMatchObject({ ...relay, versions: '1.8-1.10' })
    expect(result.hosts[0]?.implementation?.evidence).toContain('Postfix in its greeting')
  })

  it('is none where nothing tells', async ({ expect }) => {
    expect(seen(await run({ only: ['onboarding/new-proposes-credentials'], behaviour: mute }))).toMatchObject({
      name: 'unknown',
      confidence: 'unknown',
    })
  })

  it('may be wrong, and no verdict changes', async ({ expect }) => {
    const [right, wrong] = [await run({}), await run({ behaviour: posing })]
    expect([seen(right).name, seen(wrong).name]).toEqual(['relay', 'madmail'])
    const verdicts = ({ findings, gate }: Result) => [findings.map(({ check, verdict }) => [check, verdict]), gate]
    expect(verdicts(wrong)).toEqual(verdicts(right))
  })

  it('chooses the fix that comes first', async ({ expect }) => {
    const defects = ['accepts-cleartext'] as const
    const fixOf = ({ findings }: Result) => findings.find(({ check }) => check === 'encryption/refuses-cleartext')?.fix
    const [right, wrong] = [await run({ defects }), await run({ defects, behaviour: posing })]
    expect(fixOf(right)).toContain('filtermail')
    expect(fixOf(wrong)).toContain('madmail')
  })
})

/** Says nothing that only one make says. */
const mute = { imap: { capabilities: { preAuth: ['IMAP4rev1'] }, greeting: { showsCapabilities: false } } } as const

/** A relay that talks like madmail. */
const posing = {
  encryption: { reply: '523 5.7.1 Encryption Needed' },
  submission: { headerFromReply: '554 5.6.0 From header does not match envelope sender' },
  imap: {
    capabilities: mute.imap.capabilities,
    greeting: mute.imap.greeting,
    quota: { root: 'ROOT' },
    select: { accessCode: 'command-name' },
  },
} as const
