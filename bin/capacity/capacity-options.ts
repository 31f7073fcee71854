// The flags of `capacity` that are its own, read into one typed record.
import { type Assumptions, usualPeople } from '../../harness/capacity/people.ts'
import { defaultSearch, type SearchOptions } from '../../harness/capacity/search.ts'
import { parseDuration } from '../../harness/host/duration.ts'
import { UsageError, unknown } from '../usage-error.ts'

/** As commander gives them. */
export interface RawCapacityFlags {
  readonly from?: string
  readonly most?: string
  readonly step?: string
  readonly idle?: string
  readonly threads?: string
  readonly rateOnly?: boolean
  readonly people?: readonly string[]
  readonly upload?: string
}

export interface CapacityFlags {
  readonly search: SearchOptions
  /** Of one step. */
  readonly seconds: number
  readonly probes: { readonly seconds: number; readonly idle: number }
  readonly threads: number
  readonly people: Partial<Assumptions>
  /** Octets a second, and as it was written. */
  readonly upload: { readonly value: number; readonly said: string } | undefined
}

const most = 100
const seconds = 30
const probeSeconds = 8
const idle = 100

/** Throws UsageError. */
export function readCapacityOptions(raw: RawCapacityFlags): CapacityFlags {
  const search = {
    ...defaultSearch,
    from: rate('--from', raw.from) ?? defaultSearch.from,
    most: rate('--most', raw.most) ?? most,
  }
  if (search.from > search.most)
    throw new UsageError('--from is higher than --most', `give at most --from ${search.most}`)
  const step = raw.step === undefined ? seconds : parseDuration(raw.step, '--step') / 1_000
  if (step < 5 || step > 3_600) throw new UsageError('--step: wanted 5s to 60m')
  return {
    search,
    seconds: step,
    probes: { seconds: raw.rateOnly ? 0 : probeSeconds, idle: whole('--idle', raw.idle, 20_000) ?? idle },
    threads: whole('--threads', raw.threads, 64) ?? 1,
    people: readPeople(raw.people ?? []),
    upload: raw.upload === undefined ? undefined : readUpload(raw.upload),
  }
}

function rate(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (/^\d+(\.\d+)?$/.test(text) && value >= 0.1 && value <= 100_000) return value
  throw new UsageError(`${name}: "${text}" is no rate from 0.1 to 100000`)
}

function whole(name: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= 1 && value <= most) return value
  throw new UsageError(`${name}: "${text}" is not a whole number from 1 to ${most}`)
}

/** `messages=50,photos=5` */
function readPeople(given: readonly string[]): Partial<Assumptions> {
  const names = [...Object.keys(usualPeople), 'days']
  const read: Record<string, number> = {}
  for (const text of given.flatMap((list) => list.split(','))) {
    const [name = '', amount = ''] = text.split('=')
    if (!names.includes(name)) throw unknown('name in --people', name, names)
    const value = Number(amount)
    if (!/^\d+(\.\d+)?$/.test(amount) || value > 1e9)
      throw new UsageError(`--people: ${name}: wanted a number, got "${amount}"`)
    read[name] = value
  }
  for (const name of ['devices', 'group', 'days', 'headroom', 'cardYears']) {
    if (read[name] === 0) throw new UsageError(`--people: ${name} must be more than 0`)
  }
  for (const name of ['busiest', 'headroom']) {
    if ((read[name] ?? 0) > 100) throw new UsageError(`--people: ${name} is a percentage`)
  }
  return read
}

/** Bits a second, as lines are sold. */
function readUpload(text: string): { value: number; said: string } {
  const match = /^(\d+(?:\.\d+)?)\s*([kMG])bit(?:\/s)?$/.exec(text)
  const value = Number(match?.[1])
  if (match === null || !(value > 0))
    throw new UsageError(`--upload: "${text}" is not a rate`, 'write 800kbit, 8Mbit or 1Gbit')
  const factor = { k: 1e3, M: 1e6, G: 1e9 }[match[2] as 'k' | 'M' | 'G']
  return { value: (value * factor) / 8, said: `${match[1]} ${match[2]}bit/s` }
}
