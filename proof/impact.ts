// Which checks a defect can touch at all. The reference server reads its decisions from one record and nothing else, so a
// check during which a decision was never read cannot see a defect in it. One traced run saves most of the kill matrix.
import { requirements } from '../catalogue/index.ts'
import { planChecks, type Selection } from '../harness/check/plan.ts'
import { runChecks } from '../harness/check/run.ts'
import type { Resolver } from '../harness/host/resolver.ts'
import { openPushReceiver } from '../harness/peer/push-receiver.ts'
import { type Behaviour, conforming, type DeepPartial } from '../reference-server/behaviour/index.ts'
import { startReference } from '../reference-server/index.ts'
import { suites } from '../suites/index.ts'

/** Check id to the decisions read while it ran alone, as paths like `imap.idle.notifies`. */
export type Impact = Readonly<Record<string, readonly string[]>>

const selection: Selection = { profile: 'full', only: [], skip: [], costs: ['intrusive'], iOperate: true, jobs: 1 }

/** Runs every check that costs little alone, on one server whose decisions are watched. */
export async function traceImpact(): Promise<Impact> {
  let reading = new Set<string>()
  const atStart = reading
  await using receiver = await openPushReceiver()
  await using reference = await startReference({
    behaviour: watch(conforming(0), '', (path) => reading.add(path)),
    push: { url: receiver.url },
  })
  const host = () => {
    const plain = reference.host()
    const powers = { ...plain.powers, push: receiver.power }
    return { ...plain, powers, resolver: noted(plain.resolver, () => reading.add('zone')) }
  }
  // The zone is published at the start, and seen by whoever asks DNS.
  const elsewhere = [...atStart].filter((path) => path !== 'zone' && !path.startsWith('zone.'))
  const impact: Record<string, readonly string[]> = {}
  for (const unit of planChecks(host(), suites, selection).units) {
    if ((unit.needs.cost ?? 'light') === 'slow' || unit.needs.cost === 'bulk') continue
    reading = new Set()
    const ids = unit.members.map((member) => member.id)
    await runChecks({
      hosts: [host()],
      suites,
      catalogue: requirements,
      selection: { ...selection, only: ids },
      seed: 1,
      failOn: 'must',
      requireComplete: false,
      knownFailing: [],
      evidence: 'none',
      interrupt: new AbortController().signal,
      toolVersion: '0.0.0',
      reference: true,
      options: {},
    })
    for (const id of ids) impact[id] = [...reading, ...elsewhere]
  }
  return impact
}

/** Tells of each question. */
function noted(resolver: Resolver, onAsked: () => void): Resolver {
  return new Proxy(resolver, {
    get(target, key) {
      onAsked()
      return Reflect.get(target, key)
    },
  })
}

/** The checks that read a decision which the partial changes. Checks that were not traced are not among them. */
export function touched(impact: Impact, change: DeepPartial<Behaviour>): string[] {
  const changed = leaves(change, '')
  const within = (path: string) =>
    changed.some((leaf) => path === '' || leaf === path || leaf.startsWith(`${path}.`) || path.startsWith(`${leaf}.`))
  return Object.entries(impact)
    .filter(([, paths]) => paths.some(within))
    .map(([id]) => id)
}

/** One of five parts, 0 to 4: a night's share. After five nights everything was tried. */
export type Share = number

/** Where there are more than these, a share of them stands for all. */
const few = 50

export function shareOf(checks: readonly string[], share: Share | undefined): readonly string[] {
  return share === undefined || checks.length <= few ? checks : checks.filter((_, at) => at % 5 === share)
}

/** Another one each day. */
export function shareOfDay(now: Date): Share {
  return Math.floor(now.getTime() / 86_400_000) % 5
}

/** Paths of all that a partial changes. */
export function leaves(value: unknown, path: string): string[] {
  if (!isRecord(value)) return [path]
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`))
}

/** A copy that reports each decision as it is read. Lists count as one decision. */
function watch<T>(value: T, path: string, onRead: (path: string) => void): T {
  if (!isRecord(value)) return value
  const copy = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, watch(inner, path === '' ? key : `${path}.${key}`, onRead)]),
  )
  const report = (key: string | symbol) => {
    if (typeof key === 'string') onRead(path === '' ? key : `${path}.${key}`)
  }
  return new Proxy(copy, {
    get(target, key) {
      const inner = Reflect.get(target, key)
      if (!isRecord(inner)) report(key)
      return inner
    },
    has(target, key) {
      report(key)
      return Reflect.has(target, key)
    },
    getOwnPropertyDescriptor(target, key) {
      report(key)
      return Reflect.getOwnPropertyDescriptor(target, key)
    },
    // Asking for the keys asks for everything below.
    ownKeys(target) {
      onRead(path)
      return Reflect.ownKeys(target)
    },
  }) as T
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
