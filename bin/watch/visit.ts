// One round of one host: its services are looked for, one message goes from an account to another, and the certificates are
// looked at. What is in our own way is told apart from what is the host's. Used by the watch.
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { Line } from '../../harness/check/host-run.ts'
import { BudgetSpent, ControlUnmet, Throttled } from '../../harness/check/signals.ts'
import { Transcript } from '../../harness/clients/transcript.ts'
import type { Endpoint, Host } from '../../harness/host/host.ts'
import type { TargetCode } from '../../harness/host/target-error.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import type { TracedMessage } from '../../harness/result/trace.ts'
import { openEnds } from '../../harness/timeline/open-ends.ts'
import { traceMessages } from '../../harness/timeline/trace-messages.ts'
import type { Place, Round } from '../../harness/watch/round.ts'
import { type Opened, openTarget, type ReachOptions } from '../check/open-target.ts'
import type { Io } from '../io.ts'
import type { Target } from '../target.ts'
import { toolVersion } from '../version.ts'

export interface VisitContext {
  readonly io: Io
  readonly reach: ReachOptions
  readonly ca: readonly string[]
  readonly iOperate: (target: Target) => boolean
  readonly signal: AbortSignal
  /** Milliseconds until what failed is tried once more. */
  readonly again: number
  /** Other hosts that are watched, and where they were last: to see whether our own network is there. */
  readonly others: readonly { readonly host: string; readonly place?: Place }[]
  /** Milliseconds for a connection there. */
  readonly patience: number
}

/** What a round says, without its host and its time. */
type Seen = Omit<Round, 'kind' | 'host' | 'at'> & {
  /** Nothing of the host answered: its doing, or our network's. */
  readonly silent?: boolean
}

/** The host's own wish, or ours. */
const noFault: ReadonlySet<TargetCode> = new Set(['opted-out', 'too-soon', 'aborted'])

/** A message is promised to be there within it. */
const promisedMs = 1_000
/** Two tries at most, each with one message: politeness says three a round. */
const connections = 120

/** Never throws for what a host or a network does. `fresh`: accounts that may be made. */
export async function visit(target: Target, fresh: number, context: VisitContext): Promise<Round> {
  const first = await look(target, fresh, context)
  let seen = first
  if (first.outcome === 'fails' && !context.signal.aborted) {
    await delay(context.again, undefined, { signal: context.signal }).catch(() => undefined)
    if (!context.signal.aborted) {
      const second = await look(target, Math.max(0, fresh - first.accounts), context)
      seen = {
        ...second,
        messages: first.messages + second.messages,
        accounts: first.accounts + second.accounts,
      }
    }
  }
  const isSilent = seen.outcome === 'fails' && seen.silent === true
  const { silent: _, ...rest } = isSilent ? await judgeSilence(seen, context) : seen
  return { kind: 'round', host: target.text, at: new Date().toISOString(), ...rest }
}

/** A host that is silent while another one answers is down; while none does, it may be us. Nobody else is asked. */
async function judgeSilence(seen: Seen, { others, patience }: VisitContext): Promise<Seen> {
  if (others.length === 0) {
    return { ...seen, reason: `${seen.reason}; no other host is watched that could tell whether it is our own network` }
  }
  const places = others.flatMap(({ place }) => place ?? []).slice(0, 2)
  const answers = await Promise.all(places.map((place) => isThere(place, patience)))
  if (answers.some(Boolean)) return seen
  const them = places.length === 0 ? 'no host has been reached so far' : 'other hosts are silent, too'
  return { ...seen, outcome: 'not-judged', reason: `our own network seems to be down: ${them}` }
}

/** Refused is an answer: a network led there and back. */
function isThere({ address, port }: Place, patience: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: patience })
    const settle = (there: boolean) => {
      socket.destroy()
      resolve(there)
    }
    socket.once('connect', () => settle(true))
    socket.once('timeout', () => settle(false))
    socket.once('error', (error: NodeJS.ErrnoException) => settle(error.code === 'ECONNREFUSED'))
  })
}

async function look(target: Target, fresh: number, context: VisitContext): Promise<Seen> {
  const { io, reach, ca, iOperate, signal } = context
  const nothing = { addresses: [], messages: 0, accounts: 0 }
  const budget = { freshAccounts: fresh, messages: 1, connections }
  const inputs = { ca, policy: undefined, iOperate: iOperate(target), budget }
  const opened = await openTarget(target, reach, inputs, { io, signal, say: () => {} })
  if ('error' in opened) {
    const { code, message, candidates } = opened.error
    if (noFault.has(code)) return { ...nothing, outcome: 'not-judged', reason: message }
    const silent = candidates.every(({ outcome }) =>
      ['timeout', 'unreachable', 'no-address', 'not-tried'].includes(outcome),
    )
    return { ...nothing, outcome: 'fails', reason: message, silent }
  }
  try {
    return await sendOne(opened, signal)
  } finally {
    await opened.close()
  }
}

async function sendOne({ host }: Opened, signal: AbortSignal): Promise<Seen> {
  const line: Line = { signal: new AbortController().signal, transcript: new Transcript({ maxLines: 4 }) }
  const endpoints = mailEndpoints(host)
  const [imap] = endpoints
  const where = {
    addresses: [...new Set(endpoints.map(({ address }) => address))].sort(),
    ...(imap === undefined ? {} : { place: { address: imap.address, port: imap.port } }),
  }
  const messages: TracedMessage[] = []
  let accounts = 0
  const spent = () => ({ messages: messages.filter(({ outcome }) => outcome !== 'refused').length, accounts })
  try {
    await using ends = await openEnds({ host }, { host }, line)
    accounts = ends.from.spending.freshAccounts
    const ending = await certificateEnd(ends.from, endpoints, line)
    await traceMessages({
      ...ends,
      count: 1,
      interval: 0,
      rests: false,
      seed: Math.floor(Math.random() * 0x7fffffff),
      version: toolVersion(),
      interrupt: signal,
      line,
      began: performance.now(),
      onMinted: () => {},
      onMessage: (message) => void messages.push(message),
    })
    const certificate = ending === undefined ? {} : { certificateEnds: ending }
    return { ...where, ...certificate, ...judge(messages[0]), ...spent() }
  } catch (error) {
    if (error instanceof BudgetSpent) {
      const reason = 'there are no accounts to write from: check the host once, or bring some by --accounts'
      return { ...where, outcome: 'not-judged', reason, ...spent() }
    }
    if (error instanceof Throttled) return { ...where, outcome: 'not-judged', reason: error.message, ...spent() }
    if (!(error instanceof WireError || error instanceof ControlUnmet)) throw error
    const silent = error instanceof WireError && ['timeout', 'unreachable'].includes(error.code)
    return { ...where, outcome: 'fails', reason: error.message, silent, ...spent() }
  }
}

function judge(message: TracedMessage | undefined): Pick<Seen, 'outcome'> & Partial<Seen> {
  if (message === undefined) return { outcome: 'not-judged', reason: 'told to stop' }
  const { outcome, reason = '', stages } = message
  switch (outcome) {
    case 'arrived': {
      const [sent, fetched] = [stages.find(({ name }) => name === 'mail'), stages.at(-1)]
      const delivery = Math.round(((fetched?.ended ?? 0) - (sent?.started ?? 0)) * 10) / 10
      if (delivery <= promisedMs) return { outcome: 'arrives', delivery }
      return { outcome: 'slow', delivery, reason: `a message took ${(delivery / 1_000).toFixed(1)} s` }
    }
    case 'late':
      return { outcome: 'fails', reason: 'a message was taken and did not arrive within half a minute' }
    case 'refused':
      return { outcome: 'fails', reason: `a message was refused: ${reason}` }
    case 'broken':
      return { outcome: 'fails', reason: `a connection broke: ${reason}` }
  }
}

function mailEndpoints({ endpoints }: Host): readonly Endpoint[] {
  const { imaps, imap, submissions, submission } = endpoints
  return [imaps ?? imap, submissions ?? submission].filter((endpoint) => endpoint !== undefined)
}

type Run = Awaited<ReturnType<typeof openEnds>>['from']

/** The earliest end of what the mail ports show; undefined when none could be seen. */
async function certificateEnd(run: Run, endpoints: readonly Endpoint[], line: Line): Promise<string | undefined> {
  const ends: number[] = []
  for (const endpoint of endpoints) {
    const facts = await run.tls(line, endpoint).catch(() => undefined)
    const leaf = facts?.chain[0]
    if (leaf !== undefined) ends.push(leaf.validTo.getTime())
  }
  return ends.length === 0 ? undefined : new Date(Math.min(...ends)).toISOString()
}
