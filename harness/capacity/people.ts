// How many people a server carries, from what was measured and from what people are taken to do. Pure. Used by the capacity run.
import type { CapacityRecord } from '../result/capacity-schema.ts'

export type People = CapacityRecord['people']

/** What one person is taken to do. Each can be said otherwise: `--people messages=50,photos=5`. */
export const usualPeople = {
  /** Written on a day. */
  messages: 50,
  photos: 5,
  /** Share of the day's messages that fall into its busiest hour, percent. */
  busiest: 12,
  /** People in a chat: a message is brought to all others. */
  group: 2,
  /** Apps of one person that are connected. */
  devices: 1,
  /** Kilobytes on the wire. */
  messageKb: 5,
  photoKb: 250,
  /** Share of what was measured that shall be used in the busiest hour, percent: the rest is for peaks. */
  headroom: 50,
  /** Terabytes that a card may be written, in years. */
  cardTb: 10,
  cardYears: 3,
} as const

export type Assumptions = { readonly [K in keyof typeof usualPeople]: number } & {
  /** Days that the server keeps mail. */
  readonly days: number
}

/** What is known of a server; what is not known limits nothing, and is said. */
export interface Figures {
  /** Messages a second that held, and whether the server gave way above. */
  readonly rate: number
  readonly isLowerBound: boolean
  /** Octets of memory that an idling app takes, and that are available. */
  readonly idleBytes?: number | undefined
  readonly memoryAvailable?: number | undefined
  /** Octets free where mail is kept. */
  readonly diskFree?: number | undefined
  /** Octets a second that the server can send. */
  readonly upload?: { readonly value: number; readonly said: string } | undefined
  /** Octets written to disk for a message. */
  readonly writtenPerMessage?: number | undefined
  /** The mail is on a card, which wears out. */
  readonly onCard: boolean
  /** Connections that the server lets in at once. */
  readonly connections?: number | undefined
}

export function howManyPeople(figures: Figures, assumed: Assumptions): People {
  const { messages, photos, group, devices } = assumed
  const headroom = assumed.headroom / 100
  const others = Math.max(1, group - 1)
  const written = messages + photos
  const inBusiestHour = assumed.busiest / 100 / 3_600
  const deliveries = written * others
  const receivedBytes = (messages * assumed.messageKb + photos * assumed.photoKb) * others * 1_000
  const limits: { resource: string; people: number; why: string }[] = []
  const limit = (resource: string, people: number, why: string) =>
    limits.push({ resource, people: Math.max(0, Math.floor(people)), why })

  if (deliveries > 0) {
    const why = `${figure(figures.rate)} messages a second held; each person needs ${figure(deliveries * inBusiestHour)} in the busiest hour`
    limit(`messages ${figure(figures.rate)}/s`, (figures.rate * headroom) / (deliveries * inBusiestHour), why)
  }
  if (figures.idleBytes !== undefined && figures.idleBytes > 0 && figures.memoryAvailable !== undefined) {
    const why = `${octets(figures.idleBytes)} for each connected app, ${octets(figures.memoryAvailable)} were available`
    limit('memory', (figures.memoryAvailable * headroom) / (figures.idleBytes * devices), why)
  }
  if (figures.connections !== undefined) {
    limit('connections', figures.connections / devices, `the server let ${figures.connections} in at once`)
  }
  if (figures.diskFree !== undefined && receivedBytes > 0) {
    const why = `${octets(receivedBytes)} a day for each person, kept for ${assumed.days} days, ${octets(figures.diskFree)} are free`
    limit('disk space', (figures.diskFree * headroom) / (receivedBytes * assumed.days), why)
  }
  if (figures.upload !== undefined && receivedBytes > 0) {
    const needed = receivedBytes * devices * inBusiestHour
    const why = `each person is sent ${octets(needed)} a second in the busiest hour`
    limit(`upload ${figures.upload.said}`, (figures.upload.value * headroom) / needed, why)
  }
  if (figures.onCard && figures.writtenPerMessage !== undefined && figures.writtenPerMessage > 0 && deliveries > 0) {
    const lasts = (assumed.cardTb * 1e12) / (assumed.cardYears * 365)
    const why = `${octets(figures.writtenPerMessage)} written for a message; ${assumed.cardTb} TB shall last ${assumed.cardYears} years`
    limit('SD card', lasts / (figures.writtenPerMessage * deliveries), why)
  }
  limits.sort((a, b) => a.people - b.people)
  const comfortable = rounded(limits[0]?.people ?? 0)
  return { answer: sentence(figures, assumed, comfortable, limits), comfortable, assumptions: { ...assumed }, limits }
}

function sentence(figures: Figures, assumed: Assumptions, people: number, limits: People['limits']): string {
  const [first, next] = limits
  const day = `${assumed.messages} messages and ${assumed.photos} photos a day each, busiest hour ${assumed.busiest} %`
  if (figures.rate === 0) return `not fit for anybody: no rate of messages held (${day})`
  if (first === undefined) return `nothing can be said of people who write nothing`
  const about = figures.isLowerBound && first.resource.startsWith('messages') ? 'at least about' : 'about'
  const then = next === undefined ? '' : `, next: ${next.resource}`
  const whom = people === 1 ? '1 person' : `${people} people`
  return `comfortable for ${about} ${whom} (${day}); first limit: ${first.resource}${then}`
}

/** Two digits are more than anybody knows. */
function rounded(people: number): number {
  if (people < 10) return people
  const unit = 10 ** (Math.floor(Math.log10(people)) - 1)
  return Math.floor(people / unit) * unit
}

function figure(value: number): string {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(2)))
}

function octets(value: number): string {
  const [size, unit] = (
    [
      [1e12, 'TB'],
      [1e9, 'GB'],
      [1e6, 'MB'],
      [1e3, 'kB'],
    ] as const
  ).find(([size]) => value >= size) ?? [1, 'octets']
  return `${figure(value / size)} ${unit}`
}
