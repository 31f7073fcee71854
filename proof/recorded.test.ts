// Holds the reference server to what real chatmail relays were recorded to answer, so that it is no invention of ours.
// Differences are listed in the recordings with their reason, and asserted too.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requirements } from '../catalogue/index.ts'
import { type Reference, type ReferenceOptions, startReference } from '../reference-server/index.ts'
import { recorded, recordedInPart, recordedWitnesses } from './recorded/index.ts'
import { playDelivery } from './recorded/test-play-delivery.ts'
import { playImap } from './recorded/test-play-imap.ts'
import { playSmtp } from './recorded/test-play-smtp.ts'
import { playWeb } from './recorded/test-play-web.ts'
import { type Scene, setScene } from './recorded/test-scene.ts'

type Overrides = NonNullable<ReferenceOptions['overrides']>

let reference: Reference

beforeAll(async () => {
  reference = await startReference({ variant: 0 })
})

afterAll(() => reference.close())

const small: Overrides = { imap: { quota: { limitKib: 1 } } }

// The recorded relay was told that its files were old; here the clock moves, and idle sessions would end.
const patient: Overrides = { imap: { limits: { beforeLoginMs: 2 ** 31 - 1, inactiveMs: 2 ** 31 - 1 } } }

async function onItsOwn(overrides: Overrides, play: (scene: Scene) => Promise<void>): Promise<void> {
  await using ownServer = await startReference({ variant: 0, overrides })
  await play(setScene(ownServer))
}

const playable = <T extends { readonly unplayed?: string }>(cases: readonly T[]) =>
  cases.filter(({ unplayed }) => unplayed === undefined)

describe('the reference server answers as the recorded relay', () => {
  for (const recording of playable(recorded.smtp)) {
    it(`SMTP: ${recording.name}`, () => playSmtp(setScene(reference), recording))
  }

  for (const recording of playable(recorded.imap)) {
    const takesDays = recording.dialogue.some(({ client }) => client.endsWith('days pass)'))
    it(`IMAP: ${recording.name}`, async () => {
      if (takesDays) await onItsOwn(patient, (scene) => playImap(scene, recording))
      else if (recording.smallMailboxes) await onItsOwn(small, (scene) => playImap(scene, recording))
      else await playImap(setScene(reference), recording)
    })
  }

  for (const recording of recorded.web) {
    it(`HTTPS: ${recording.name}`, () => playWeb(setScene(reference), recording))
  }

  for (const recording of recorded.deliveries) {
    it(`delivery: ${recording.name}`, async () => {
      if (recording.smallMailboxes) await onItsOwn(small, (scene) => playDelivery(scene, recording))
      else await playDelivery(setScene(reference), recording)
    })
  }

  it('has neither port 25 nor mail on 443, or else the dialogues of those ports must be played', async () => {
    expect(Object.keys(reference.ports)).not.toContain('smtp')
    const left = [...recorded.smtp, ...recorded.imap].filter(({ unplayed }) => unplayed !== undefined)
    expect(left.filter(({ port }) => port !== 'smtp').map(({ name }) => name)).toEqual([
      'smtp by ALPN on 443',
      'imap by ALPN on 443',
    ])
  })
})

describe('the recordings', () => {
  it('hold every measured figure within what its requirement allows', () => {
    for (const { name, p95, max, lost, within } of recorded.figures) {
      if (lost !== undefined) expect(lost, name).toBe(0)
      if (within !== undefined) expect(p95 ?? max, name).toBeLessThan(within)
    }
  })

  it('name only requirements that exist, and say why where the reference server differs', () => {
    const named = [...Object.keys(recordedWitnesses), ...Object.keys(recordedInPart)]
    expect(named.filter((id) => !(id in requirements))).toEqual([])
    const steps = [...recorded.smtp, ...recorded.imap].flatMap(({ dialogue }) => dialogue)
    const silent = steps.filter(({ differs }) => differs?.why === '')
    expect(silent).toEqual([])
  })

  it('have a name each', () => {
    const cases = [...recorded.smtp, ...recorded.imap, ...recorded.web, ...recorded.deliveries, ...recorded.figures]
    const names = cases.map(({ name }) => name)
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
  })
})
