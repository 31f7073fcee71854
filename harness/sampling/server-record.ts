// What a sampler saw as a record: counters from the first reading on, and the board. Used by load and capacity.
import type { BoardRecord, ServerRecord } from '../result/load-schema.ts'
import type { TimedReading } from './collector.ts'
import type { Sampler } from './open-sampler.ts'

/** Points of a record; of a longer run only every so manieth reading is kept. */
const mostPoints = 600

/** `began` and `ended` on the clock of performance.now(). Readings before and after them tell how it was before and after. */
export function serverRecord(sampler: Sampler, began: number, ended: number, wantsBoard: boolean): ServerRecord {
  const all = sampler.readings()
  const within = all.filter(({ takenAt }) => takenAt >= began && takenAt <= ended)
  const [first] = within
  const every = Math.ceil(within.length / mostPoints)
  const points = within.filter((_, index) => index % every === 0 || index === within.length - 1)
  const cpus = within.at(-1)?.cpus
  const notes = sampler.notes()
  const board = wantsBoard ? boardRecord(sampler, began, ended) : undefined
  return {
    source: sampler.source,
    ...(cpus === undefined ? {} : { cpus }),
    ...(notes.length === 0 ? {} : { notes: [...notes] }),
    ...(board === undefined ? {} : { board }),
    points: points.map((one) => ({
      at: Number(((one.takenAt - began) / 1_000).toFixed(2)),
      cpuSeconds: Number((one.cpuSeconds - (first?.cpuSeconds ?? 0)).toFixed(2)),
      resident: one.resident,
      written: one.written - (first?.written ?? 0),
      ...kept(one),
    })),
  }
}

const optional = [
  'load1',
  'celsius',
  'throttled',
  'memoryAvailable',
  'diskBusy',
  'ioWait',
  'heldBack',
  'diskStalled',
  'diskFree',
] as const

function kept(one: TimedReading): Pick<TimedReading, (typeof optional)[number]> {
  return Object.fromEntries(optional.flatMap((key) => (one[key] === undefined ? [] : [[key, one[key]]])))
}

/** Undefined when the sampler does not tell what the machine is. */
function boardRecord(sampler: Sampler, began: number, ended: number): BoardRecord | undefined {
  const told = sampler.board()
  if (told === undefined) return undefined
  const all = sampler.readings()
  const during = all.filter(({ takenAt }) => takenAt >= began && takenAt <= ended)
  const before = all.filter(({ takenAt }) => takenAt < began).at(-1) ?? during[0]
  const after = all.find(({ takenAt }) => takenAt > ended) ?? during.at(-1)
  const heats = during.flatMap(({ celsius }) => celsius ?? [])
  const { model = '', kernel = '', governor = '', storage = '' } = told
  return {
    model,
    kernel,
    governor,
    storage,
    ...(before?.celsius === undefined || after?.celsius === undefined || heats.length === 0
      ? {}
      : { celsius: { before: before.celsius, highest: Math.max(...heats), after: after.celsius } }),
    ...(before?.throttled === undefined || after?.throttled === undefined
      ? {}
      : {
          throttled: {
            before: before.throttled,
            during: during.some(({ throttled }) => throttled === true),
            after: after.throttled,
            bits: [before, ...during, after].reduce((bits, { throttleBits = 0 }) => bits | throttleBits, 0),
          },
        }),
  }
}
