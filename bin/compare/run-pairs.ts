// Mail between the hosts of a comparison, pair after pair, on one clock; each pair is kept when it is done. Used by the compare
// command. The measurement is that of `trace A B`.
import type { Line } from '../../harness/check/host-run.ts'
import { Transcript } from '../../harness/clients/transcript.ts'
import type { PlannedPair } from '../../harness/compare/plan-pairs.ts'
import { sharesOf } from '../../harness/compare/shares.ts'
import { roundTripTo } from '../../harness/discovery/round-trip.ts'
import { profileBudgets } from '../../harness/host/defaults.ts'
import type { Host } from '../../harness/host/host.ts'
import type { Pair, Pairing } from '../../harness/result/comparison.ts'
import type { TracedMessage } from '../../harness/result/trace.ts'
import { openEnds } from '../../harness/timeline/open-ends.ts'
import { networkRoundTrip, serverShare } from '../../harness/timeline/timeline.ts'
import { traceMessages } from '../../harness/timeline/trace-messages.ts'
import { closeAll, type Opened, openTarget, type Surroundings } from '../check/open-target.ts'
import type { Target } from '../target.ts'
import { isTrouble } from '../trace/run-trace.ts'
import { UsageError } from '../usage-error.ts'
import { toolVersion } from '../version.ts'
import type { Checking } from './check-host.ts'
import type { Round, WorkFolder } from './work-folder.ts'

/** Messages a pair: enough for a middle that one outlier does not move. */
export const messagesEach = 10
/** How long one is waited for: the longest that traceMessages waits. Milliseconds. */
const patience = 30_000
/** From one message of a pair to the next, ms, on a host that is not ours. */
const apart = 1_000

export async function runPairs(
  planned: readonly PlannedPair[],
  kind: Pairing['kind'],
  targets: readonly Target[],
  work: WorkFolder,
  round: Round,
  about: Omit<Checking, 'seed'>,
): Promise<Pairing> {
  const kept = await work.pairs()
  const pairs: Pair[] = kept?.round === round.started ? [...kept.pairing.pairs] : []
  const record = (): Pairing => {
    const found = sharesOf(pairs, round.seed)
    const complete = pairs.length === planned.length
    return { kind, seed: round.seed, each: messagesEach, patience, complete, pairs: [...pairs], ...found }
  }
  const left = planned.filter(({ from, to }) => !pairs.some((pair) => pair.from === from && pair.to === to))
  if (left.length === 0) return record()
  const opened: Opened[] = []
  try {
    const names = new Set(left.flatMap(({ from, to }) => [from, to]))
    const hosts = await openAll(
      targets.filter(({ text }) => names.has(text)),
      opened,
      Date.parse(round.started),
      about,
    )
    for (const { from, to } of left) {
      if (about.interrupt.aborted) break
      about.say(`mail ${pairs.length + 1} of ${planned.length}: ${from} to ${to}`)
      const [sender, receiver] = [hosts.get(from), hosts.get(to)]
      const pair =
        sender instanceof Error || receiver instanceof Error || !sender || !receiver
          ? unmeasured(from, to, [sender, receiver])
          : await measure(sender, receiver, round.seed, about.interrupt)
      if (about.interrupt.aborted) break
      pairs.push({ ...pair, from, to })
      await work.keepPairs({ round: round.started, pairing: record() })
    }
    return record()
  } finally {
    await closeAll(opened)
  }
}

/** Reference servers of one network exchange mail. A host that cannot be reached has its error. */
async function openAll(
  targets: readonly Target[],
  opened: Opened[],
  visitedSince: number,
  { options, inputs, interrupt, io, say }: Omit<Checking, 'seed'>,
): Promise<ReadonlyMap<string, Host | Error>> {
  const hosts = new Map<string, Host | Error>()
  const reach = {
    ...inputs,
    iOperate: false,
    visitedSince,
    budget: { ...profileBudgets.list, messages: messagesEach * 2 * targets.length },
  }
  for (const target of targets) {
    const network = opened.find((item) => item.network !== undefined)?.network
    const around: Surroundings = { io, signal: interrupt, say, network }
    const outcome = await openTarget(target, options, reach, around)
    if ('error' in outcome) hosts.set(target.text, outcome.error)
    else {
      opened.push(outcome)
      hosts.set(target.text, outcome.reference ? unhurried(outcome.host) : outcome.host)
    }
  }
  return hosts
}

/** Reference servers with the same mail domain are no two domains. Throws UsageError. */
export function demandDomains(targets: readonly Target[]): void {
  const domains = targets.map((target) => (target.kind === 'host' ? target.text : (target.domains?.[0] ?? 'chat.test')))
  const twice = domains.find((domain, at) => domains.indexOf(domain) !== at)
  if (twice !== undefined)
    throw new UsageError(
      `--matrix: two hosts have the mail domain ${twice}`,
      'give them others: @reference:domain=b.test',
    )
}

/** Nobody is kept from sending by our own server in this process: what it asks to wait for is waited for. */
const unhurried = (host: Host): Host => ({
  ...host,
  policy: { ...host.policy, sendPerMinute: { value: 0, from: host.policy.sendPerMinute.from } },
})

function unmeasured(from: string, to: string, hosts: readonly (Host | Error | undefined)[]): Pair {
  const reason = hosts.flatMap((host) => (host instanceof Error ? [host.message] : []))[0]
  return { from, to, samples: [], lost: 0, reason: reason ?? 'one of them was not opened' }
}

async function measure(from: Host, to: Host, seed: number, interrupt: AbortSignal): Promise<Pair> {
  const line: Line = { signal: new AbortController().signal, transcript: new Transcript({ maxLines: 4 }) }
  const messages: TracedMessage[] = []
  const base = { from: from.label, to: to.label }
  try {
    await using ends = await openEnds({ host: from }, { host: to }, line)
    const trips = { sender: await networkOf(from, 'submission'), reader: await networkOf(to, 'imap') }
    await traceMessages({
      ...ends,
      count: messagesEach,
      interval: from.powers.clock ? 0 : apart,
      rests: false,
      seed,
      version: toolVersion(),
      interrupt,
      line,
      began: performance.now(),
      onMinted: () => {},
      onMessage: (message) => void messages.push(message),
    })
    return { ...base, ...outcome(messages, trips) }
  } catch (error) {
    if (!isTrouble(error)) throw error
    return { ...base, ...outcome(messages, { sender: 0, reader: 0 }), reason: error.message }
  }
}

/** Late messages count as lost; what was refused or broke off says nothing of how long mail takes. */
function outcome(messages: readonly TracedMessage[], trips: { readonly sender: number; readonly reader: number }) {
  const arrived = messages.filter((message) => message.outcome === 'arrived')
  const trouble = messages.find((message) => message.outcome === 'refused' || message.outcome === 'broken')
  return {
    samples: arrived.map(({ stages }) => {
      const own = stages.filter(({ name }) => ofMessage.has(name))
      const ms = own.reduce(
        (sum, stage) => sum + serverShare(stage, stage.name === 'fetch' ? trips.reader : trips.sender),
        0,
      )
      return Math.round(ms * 100) / 100
    }),
    lost: messages.filter((message) => message.outcome === 'late').length,
    ...(trouble?.reason === undefined ? {} : { reason: trouble.reason }),
  }
}

/** Setting up a session is not part of it. */
const ofMessage: ReadonlySet<string> = new Set(['mail', 'rcpt', 'data', 'body', 'notify', 'fetch'])

async function networkOf(host: Host, service: 'submission' | 'imap'): Promise<number> {
  const ms = await roundTripTo(host, service)
  return networkRoundTrip(ms === undefined ? [] : [ms])
}
