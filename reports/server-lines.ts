// What the server's machine said of itself, in lines for a terminal. Pure. Used by the reports of load and of capacity.
import type { ServerRecord } from '../harness/result/load-schema.ts'
import type { Page } from './page.ts'
import { printable } from './plain-text.ts'

export interface Served {
  /** Messages that arrived while it was watched. */
  readonly messages: number
  /** Connections at once, at most; undefined where that says nothing of one that idles. */
  readonly connections?: number | undefined
}

export function serverLines(out: Page, server: ServerRecord, { messages, connections }: Served): void {
  out.blank()
  const [first] = server.points
  const last = server.points.at(-1)
  const name = printable(server.source, 60)
  if (first === undefined || last === undefined || last.at <= first.at) {
    out.add(0, `server (${name}): not watched`, out.paint.yellow)
  } else {
    const { cpuSeconds } = last
    const of = server.cpus === undefined ? '' : ` of ${Number(server.cpus.toFixed(2))}`
    const parts = [
      `${(cpuSeconds / (last.at - first.at)).toFixed(2)}${of} processors on average`,
      ...(messages === 0 ? [] : [`${((1_000 * cpuSeconds) / messages).toFixed(1)} CPU-seconds per 1000 messages`]),
      `memory ${bytes(Math.max(...server.points.map(({ resident }) => resident)))} at most`,
      ...perConnection(server, connections),
      `${bytes(last.written)} written${messages === 0 ? '' : ` (${bytes(last.written / messages)} a message)`}`,
      ...loads(server),
    ]
    out.add(0, `server (${name}): ${parts.join(', ')}`, out.paint.dim, 4)
  }
  for (const note of server.notes ?? []) out.add(2, `note: its sampler: ${printable(note, 300)}`, undefined, 4)
  board(out, server)
}

function perConnection({ points }: ServerRecord, connections = 0): string[] {
  const before = points[0]?.resident ?? 0
  const grown = Math.max(...points.map(({ resident }) => resident)) - before
  return connections > 0 && grown > 0 ? [`${bytes(grown / connections)} for each of ${connections} connections`] : []
}

function loads({ points }: ServerRecord): string[] {
  const known = points.flatMap(({ load1 }) => load1 ?? [])
  return known.length === 0 ? [] : [`load ${Math.max(...known).toFixed(1)} at most`]
}

function board(out: Page, { board }: ServerRecord): void {
  if (board === undefined) return
  const { model, kernel, governor, storage, celsius, throttled } = board
  const facts = [model, storage, kernel === '' ? '' : `Linux ${kernel}`, governor === '' ? '' : `governor ${governor}`]
  out.add(0, `board: ${printable(facts.filter((fact) => fact !== '').join(', '), 300)}`, out.paint.dim, 4)
  const heat = celsius && `${celsius.before} C before, ${celsius.highest} C at most, ${celsius.after} C after`
  if (heat) out.add(2, heat, out.paint.dim)
  if (throttled === undefined) out.add(2, 'whether it was throttled is not known', out.paint.dim)
  else if (throttled.before || throttled.during || throttled.after) {
    const when = (['before', 'during', 'after'] as const).filter((time) => throttled[time]).join(', ')
    const why = reasons(throttled.bits).join(', ')
    const text = `throttled (${when}): ${why}. These figures say more of its power and cooling than of the board.`
    out.labelled('FLAGGED', out.paint.yellow, text)
  } else out.add(2, 'not throttled', out.paint.dim)
}

/** Bits of the Raspberry Pi's firmware, by `vcgencmd get_throttled`. */
function reasons(bits: number): string[] {
  const names = ['under-voltage', 'frequency capped', 'throttled', 'soft temperature limit']
  return names.filter((_, bit) => (bits & (1 << bit)) !== 0)
}

export function bytes(value: number): string {
  const [size, unit] = (
    [
      [2 ** 30, 'GiB'],
      [2 ** 20, 'MiB'],
      [2 ** 10, 'KiB'],
    ] as const
  ).find(([size]) => value >= size) ?? [1, 'octets']
  const shown = value / size
  return `${shown >= 100 || unit === 'octets' ? shown.toFixed(0) : shown.toFixed(1)} ${unit}`
}
