// Which records of load runs are parts of one: the same scenario with the same options, each only once. Used by merging.
import { isDeepStrictEqual } from 'node:util'
import type { LoadRecord } from '../../result/load-schema.ts'
import { parseSegment } from '../schedule/segment.ts'

/** These records are not parts of one run; the message says which two, counted from 1, and why. */
export class NotMergeable extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'NotMergeable'
  }
}

/** A record that says which run it is. */
export type Part = LoadRecord & { readonly id: string; readonly began: string }

/** Throws NotMergeable. */
export function demandParts(records: readonly LoadRecord[]): readonly [Part, ...Part[]] {
  const parts = records.map(demandPart)
  const [first, ...others] = parts
  if (first === undefined || others.length === 0) throw new NotMergeable('it takes the results of two runs or more')
  for (const [at, other] of others.entries()) demandSame(first, other, at + 2)
  for (const [at, { id }] of parts.entries()) {
    const before = parts.findIndex((part) => part.id === id)
    if (before < at) throw new NotMergeable(`results ${before + 1} and ${at + 1} are of the same run`)
  }
  demandWhole(parts)
  return [first, ...others]
}

function demandPart(record: LoadRecord, at: number): Part {
  const { id, began } = record
  if (record.merged !== undefined)
    throw new NotMergeable(`result ${at + 1} is merged already: give the ones it is made of`)
  if (id === undefined || began === undefined) throw new NotMergeable(`result ${at + 1} is of an older chatmail-check`)
  const bare = Object.entries(record.metrics).find(
    ([, { type, values, histogram }]) => type === 'trend' && (values.count ?? 0) > 0 && histogram === undefined,
  )
  if (bare !== undefined) throw new NotMergeable(`result ${at + 1} has no samples of ${bare[0]}`)
  return { ...record, id, began }
}

function demandSame(first: Part, other: Part, number: number): void {
  const differs = (what: string, of: (part: Part) => unknown) => {
    if (isDeepStrictEqual(of(first), of(other))) return
    throw new NotMergeable(`results 1 and ${number} are not of one run: ${what} differ`)
  }
  differs('their scenarios', ({ scenario }) => scenario)
  differs('the options of their scenarios', ({ scenarios }) => scenarios)
  differs('their thresholds', ({ thresholds }) => thresholds.map(({ metric, threshold }) => `${metric} ${threshold}`))
}

/** Either each is a run of its own, or together their segments are a whole. */
function demandWhole(parts: readonly Part[]): void {
  const segments = parts.map(({ segment }) => segment)
  if (segments.every((segment) => segment === undefined)) return
  const read = segments.map((segment) => (segment === undefined ? undefined : parseSegment(segment)))
  const alone = read.indexOf(undefined)
  if (alone !== -1) throw new NotMergeable(`result ${alone + 1} is no segment, and others are`)
  const shares = read.map((segment) => segment?.lengths.length ?? 0)
  const [share = 0] = shares
  const different = shares.findIndex((one) => one !== share)
  if (different !== -1) throw new NotMergeable(`results 1 and ${different + 1} are segments of different size`)
  const places = read.map((segment) => segment?.index ?? 0)
  for (const [at, place] of places.entries()) {
    const before = places.indexOf(place)
    if (before < at) throw new NotMergeable(`results ${before + 1} and ${at + 1} are the same segment ${segments[at]}`)
  }
  if (places.length < share) {
    const missing = Array.from({ length: share }, (_, place) => place).filter((place) => !places.includes(place))
    const names = missing.map((place) => `${place}/${share}:${place + 1}/${share}`)
    throw new NotMergeable(`of the run, ${names.join(' and ')} is missing`)
  }
}
