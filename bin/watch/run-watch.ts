// A watch at work: visits its hosts in turn, writes down what it saw, says what changed, and shows it. Used by the watch command.
import { setTimeout as delay } from 'node:timers/promises'
import type { CoreBinary } from '../../harness/deltachat/binary.ts'
import { addEntry, emptyLedger, type Ledger } from '../../harness/watch/ledger.ts'
import type { Entry, Round } from '../../harness/watch/round.ts'
import { fullIsDue, nextVisit } from '../../harness/watch/timetable.ts'
import { eventText } from '../../reports/watch-events.ts'
import type { Io } from '../io.ts'
import type { Target } from '../target.ts'
import { fullRun } from './full-run.ts'
import type { Journal } from './journal.ts'
import type { Chat } from './notify-chat.ts'
import type { Publication } from './publish.ts'
import { createTelling } from './telling.ts'
import { visit } from './visit.ts'
import type { WatchOptions } from './watch-options.ts'

export interface WatchRun {
  readonly watch: WatchOptions
  readonly io: Io
  /** PEM texts. */
  readonly ca: readonly string[]
  readonly core: CoreBinary | undefined
  /** Ends the watch. */
  readonly signal: AbortSignal
  readonly say: (text: string) => void
  readonly journal: Journal
  /** Of the watches before this one. */
  readonly entries: readonly Entry[]
  readonly publication: Publication
  readonly openChat: (() => Promise<Chat>) | undefined
}

/** Accounts that rounds may make of a host, ever, where it has none that are kept: both ends of a message. */
const mostAccounts = 2
/** Milliseconds for a connection to another host that is watched. */
const patience = 5_000

/** The rounds of this watch, where it is `--once`; until the signal otherwise. */
export async function runWatch(run: WatchRun): Promise<readonly Round[]> {
  const { watch, io, signal, publication } = run
  const names = watch.targets.map(({ text }) => text)
  const say = (at: string, text: string) => run.say(`${at.slice(11, 19)}  ${text}`)
  const tellOfRounds = !watch.options.quiet

  await using telling = createTelling({
    command: watch.notifyCommand,
    openChat: run.openChat,
    cwd: io.cwd,
    signal,
    onTold: ({ id }, by) => record({ kind: 'told', event: id, by, at: now() }),
    onTrouble: (text) => say(now(), text),
  })
  const add = (known: Ledger, entry: Entry): Ledger => addEntry(known, entry, telling.channels)
  let ledger = run.entries
    .filter((entry) => entry.kind === 'told' || names.includes(entry.host))
    .reduce(add, emptyLedger)
  const record = async (entry: Entry): Promise<void> => {
    await run.journal.add(entry)
    const latest = ledger.events.at(-1)
    ledger = add(ledger, entry)
    const known = latest === undefined ? -1 : ledger.events.lastIndexOf(latest)
    for (const event of ledger.events.slice(known + 1)) say(event.at, `! ${eventText(event)}`)
  }

  const round = (target: Target): Promise<Round> =>
    visit(target, mostAccounts - (ledger.hosts.get(target.text)?.accounts ?? 0), {
      io,
      reach: watch.options,
      ca: run.ca,
      iOperate: watch.isOurs,
      signal,
      again: watch.again,
      patience,
      others: names.filter((host) => host !== target.text).map((host) => ledger.hosts.get(host) ?? { host }),
    })
  const full = async (target: Target): Promise<void> => {
    const ran = await fullRun(target, {
      io,
      flags: watch.checkFlags,
      isOurs: watch.isOurs(target),
      core: run.core,
      signal,
      makesAccounts: ledger.hosts.get(target.text)?.full === undefined,
    })
    if (ran === undefined) return
    await publication.keep(target.text, ran.result)
    if (tellOfRounds) say(ran.entry.at, `${target.text}  full run: ${ran.result.gate.reason}`)
    await record(ran.entry)
  }

  await publication.show(ledger)
  const visited = new Map<string, number>()
  const rounds: Round[] = []
  while (!signal.aborted && !(watch.once && visited.size === names.length)) {
    const last = (host: string) => visited.get(host) ?? (watch.once ? undefined : lastRound(ledger, host))
    const next = nextVisit(
      names.map((host) => ({ host, last: last(host) })),
      watch.every,
      Date.now(),
    )
    if (!watch.once) await pause(next.at - Date.now(), signal)
    const target = watch.targets.find(({ text }) => text === next.host)
    if (target === undefined || signal.aborted) break
    visited.set(target.text, Date.now())
    const seen = await round(target)
    // What was cut short says nothing.
    if (signal.aborted) break
    if (watch.once) rounds.push(seen)
    if (tellOfRounds) say(seen.at, `${target.text}  ${inWords(seen)}`)
    await record(seen)
    const delivers = seen.outcome === 'arrives' || seen.outcome === 'slow'
    const lastFull = ledger.hosts.get(target.text)?.full?.at
    if (delivers && !watch.once && fullIsDue(lastFull, watch.fullEvery, Date.now())) await full(target)
    await telling.tell(ledger.pending)
    await publication.show(ledger)
  }
  return rounds
}

/** When it was visited last by the watch before this one. */
function lastRound({ hosts }: Ledger, host: string): number | undefined {
  const at = hosts.get(host)?.rounds.at(-1)?.at
  return at === undefined ? undefined : Date.parse(at)
}

function inWords({ outcome, delivery, reason = '' }: Round): string {
  if (outcome === 'arrives') return `arrives  ${Math.round(delivery ?? 0)} ms`
  return `${outcome === 'not-judged' ? 'not judged' : outcome}  ${reason}`
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await delay(ms, undefined, { signal }).catch(() => undefined)
}

const now = (): string => new Date().toISOString()
