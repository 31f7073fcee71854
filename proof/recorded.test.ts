// Holds the reference server to what real chatmail relays were recorded to answer, so that it is no invention of ours.
// Differences are listed in the recordings with their reason, and asserted too. Told to be like that relay, it differs less.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requirements } from '../catalogue/index.ts'
import { conforming } from '../reference-server/behaviour/index.ts'
import { type Reference, type ReferenceOptions, startReference } from '../reference-server/index.ts'
import { likePreset } from '../reference-server/presets/index.ts'
import { recorded, recordedInPart, recordedWitnesses } from './recorded/index.ts'
import { publishForeignKeys } from './recorded/test-foreign-mail.ts'
import { playDelivery } from './recorded/test-play-delivery.ts'
import { playImap } from './recorded/test-play-imap.ts'
import { playSmtp } from './recorded/test-play-smtp.ts'
import { playWeb } from './recorded/test-play-web.ts'
import { type Scene, setScene } from './recorded/test-scene.ts'

type Overrides = NonNullable<ReferenceOptions['overrides']>

// The recorded relay named the standard port of its call server, and failed logins took it two seconds.
const asThere: Overrides = { calls: { announcesStandardPort: true } }
const atOnce: Overrides = { submission: { authFailureDelayMs: 0 }, imap: { login: { authFailureDelayMs: 0 } } }

// Room for a report, not for the message.
const small: Overrides = { imap: { quota: { limitKib: 15 } } }

// The recorded relay was told that its files were old; here the clock moves, and idle sessions would end.
const patient: Overrides = { imap: { limits: { beforeLoginMs: 2 ** 31 - 1, inactiveMs: 2 ** 31 - 1 } } }

describe.each([
  { name: 'the reference server', manner: 'by default' },
  { name: 'the reference server told to be like it', manner: 'like the relay', like: 'relay-1.9' },
] as const)('$name answers as the recorded relay', ({ manner, ...told }) => {
  const like = 'like' in told ? { like: told.like } : {}
  const start = async (further: Overrides = {}) => {
    const started = await startReference({ ...like, overrides: { ...asThere, ...atOnce, ...further } })
    publishForeignKeys(started)
    return started
  }
  let reference: Reference
  beforeAll(async () => {
    reference = await start()
  })
  afterAll(() => reference.close())

  const scene = () => setScene(reference, manner)
  async function onItsOwn(overrides: Overrides, play: (scene: Scene) => Promise<void>): Promise<void> {
    await using ownServer = await start(overrides)
    await play(setScene(ownServer, manner))
  }

  for (const recording of recorded.smtp) {
    it(`SMTP: ${recording.name}`, () => playSmtp(scene(), recording))
  }

  for (const recording of recorded.imap) {
    const takesDays = recording.dialogue.some(({ client }) => client.endsWith('days pass)'))
    it(`IMAP: ${recording.name}`, async () => {
      if (takesDays) await onItsOwn(patient, (own) => playImap(own, recording))
      else if (recording.smallMailboxes) await onItsOwn(small, (own) => playImap(own, recording))
      else await playImap(scene(), recording)
    })
  }

  for (const recording of recorded.web) {
    it(`HTTPS: ${recording.name}`, () => playWeb(scene(), recording))
  }

  for (const recording of recorded.deliveries) {
    it(`delivery: ${recording.name}`, async () => {
      if (recording.smallMailboxes) await onItsOwn(small, (own) => playDelivery(own, recording))
      else await playDelivery(scene(), recording)
    })
  }
})

describe('the recordings', () => {
  it('hold every measured figure within what its requirement allows', () => {
    for (const { name, p95, max, lost, within } of recorded.figures) {
      if (lost !== undefined) expect(lost, name).toBe(0)
      if (within !== undefined) expect(p95 ?? max, name).toBeLessThan(within)
    }
  })

  it('say how long a refused login took, and the relay that is like it takes as long', () => {
    const waits = recorded.figures.find(({ name }) => name === 'a refused login over IMAP')
    const { imap, submission } = likePreset(conforming(), 'relay-1.9')
    for (const delay of [imap.login.authFailureDelayMs, submission.authFailureDelayMs]) {
      expect(Math.abs(delay - (waits?.p50 ?? 0))).toBeLessThan(10)
    }
  })

  it('name only requirements that exist, and say why where the reference server differs', () => {
    const named = [...Object.keys(recordedWitnesses), ...Object.keys(recordedInPart)]
    expect(named.filter((id) => !(id in requirements))).toEqual([])
    const steps = [...recorded.smtp, ...recorded.imap].flatMap(({ dialogue }) => dialogue)
    const silent = steps.filter(({ differs }) => [differs ?? []].flat().some(({ why }) => why === ''))
    expect(silent).toEqual([])
  })

  it('have a name each', () => {
    const cases = [...recorded.smtp, ...recorded.imap, ...recorded.web, ...recorded.deliveries, ...recorded.figures]
    const names = cases.map(({ name }) => name)
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
  })
})
