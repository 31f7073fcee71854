// A search for capacity as a person reads it in a terminal, on one page: how many people, which rate, what gave way, then the steps.
// Pure. Used by the terminal renderer.
import type { CapacityRecord } from '../harness/result/capacity-schema.ts'
import type { Result } from '../harness/result/schema.ts'
import { stepLine } from './capacity-steps.ts'
import { amount } from './figures.ts'
import type { Page } from './page.ts'
import { printable } from './plain-text.ts'
import { serverLines } from './server-lines.ts'

const what = {
  cpu: 'PROCESSORS',
  memory: 'MEMORY',
  disk: 'DISK',
  limit: 'A LIMIT',
  driver: 'THIS MACHINE, WHICH DROVE THE LOAD',
  nothing: 'NOTHING',
  unknown: 'NOT KNOWN',
} as const

const names = {
  accounts: 'accounts made',
  logins: 'logins',
  idle: 'idling apps held',
  'fan-out': 'deliveries to groups',
  throughput: 'taken in',
} as const

export function renderCapacity(
  out: Page,
  result: Result,
  capacity: CapacityRecord,
  { quiet, verbose }: { readonly quiet?: boolean; readonly verbose?: boolean },
): void {
  const { paint } = out
  out.add(0, printable(result.hosts[0]?.label ?? 'no host', 200), paint.bold)
  const good = capacity.people.comfortable > 0
  out.add(2, printable(capacity.people.answer), good ? paint.bold : paint.yellow, 4)
  out.add(2, rate(capacity), undefined, 4)
  out.add(
    2,
    `gave way first: ${what[capacity.gaveWay.what]}: ${printable(capacity.gaveWay.evidence, 400)}`,
    undefined,
    4,
  )
  bounds(out, capacity)
  if (quiet) {
    out.blank()
    return
  }
  for (const note of result.hosts.flatMap(({ notes }) => notes)) out.add(2, `note: ${printable(note)}`, undefined, 4)
  out.blank()
  for (const { resource, people, why } of capacity.people.limits) {
    out.add(2, `${String(people).padStart(7)} people by ${printable(resource)}: ${printable(why)}`, undefined, 12)
  }
  figures(out, capacity)
  steps(out, capacity, verbose === true)
  if (capacity.server !== undefined) {
    const messages = capacity.steps.reduce((sum, step) => sum + step.received, 0)
    serverLines(out, capacity.server, { messages })
  }
  out.blank()
}

function rate({ bracket, confirmed, ended }: CapacityRecord): string {
  const { holds, givesWay, spread } = bracket
  const above =
    givesWay === undefined
      ? ended === 'interrupted'
        ? 'interrupted before anything gave way'
        : 'nothing higher was found to give way'
      : `${givesWay} does not`
  if (holds === 0) return `no rate of messages held${givesWay === undefined ? '' : `; ${givesWay} a second does not`}`
  const again = confirmed ? ', and did each time' : ' (not confirmed)'
  const noise = spread > 0 ? `; equal runs disagree by ${Math.ceil(100 * spread)} %` : ''
  return `${holds} messages a second hold${again}, ${above}${noise}`
}

/** Why the server may carry more than was seen. */
function bounds(out: Page, { sameMachine, steps, bracket, ended }: CapacityRecord): void {
  const { paint } = out
  if (sameMachine) {
    const own = steps.filter(({ rate }) => rate === bracket.holds).flatMap(({ driverCpu }) => driverCpu ?? [])
    const share = own.length === 0 ? 'a part' : `${Math.round((100 * own.reduce((a, b) => a + b, 0)) / own.length)} %`
    out.add(
      2,
      `the driver used ${share} of this machine's processors, which the server is on: a lower bound`,
      paint.yellow,
      4,
    )
  }
  if (ended === 'driver') out.add(2, 'the driver gave way first: a lower bound', paint.yellow)
  if (ended === 'most') out.add(2, 'the highest rate that was to be tried held: a lower bound (--most)', paint.yellow)
  if (ended === 'accounts') out.add(2, 'there were no more accounts: a lower bound', paint.yellow)
}

function figures(out: Page, { figures, missing = [], idleLatency }: CapacityRecord): void {
  out.blank()
  for (const { name, value, unit, note } of figures) {
    const text = `${names[name]}: ${amount(value, unit === '1/s' ? '' : unit)}${unit === '1/s' ? ' a second' : ''}`
    out.add(2, `${text}${note === undefined ? '' : ` (${printable(note, 300)})`}`, undefined, 4)
  }
  for (const { name, why } of missing) out.add(2, `${name}: not measured: ${printable(why, 200)}`, out.paint.yellow, 4)
  if (idleLatency !== undefined) out.add(2, `one message on the server at rest: ${amount(idleLatency, 'ms')}`)
}

/** Those in the middle are left out unless asked for: the ends tell most. */
function steps(out: Page, { steps }: CapacityRecord, verbose: boolean): void {
  out.blank()
  for (const [index, step] of steps.entries()) {
    out.raw(stepLine(out.paint, step, index + 1))
    if (!verbose) continue
    const { due, sent, received, limited, dropped, lost, driverCpu = 0, server, said = [] } = step
    const own = `${due} due, ${sent} taken, ${received} arrived, lost ${lost}, limited ${limited}, dropped ${dropped}, driver ${Math.round(100 * driverCpu)} % CPU`
    out.add(4, own, out.paint.dim)
    if (server !== undefined) out.add(4, `server ${Math.round(100 * server.cpu)} % CPU`, out.paint.dim)
    for (const { message, count } of said) out.add(4, `${count} times: ${printable(message, 160)}`, out.paint.dim)
  }
}
