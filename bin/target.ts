// HOST as the user types it: a relay somewhere, or the built-in reference server with what should be different about it.
import { type Pace, type PacedStage, pacedStages } from '../reference-server/behaviour/pace.ts'
import { UsageError, unknown } from './usage-error.ts'

export type Target =
  | { readonly kind: 'host'; readonly text: string }
  | {
      readonly kind: 'reference'
      readonly text: string
      readonly defects: readonly string[]
      /** A real implementation to be like. */
      readonly like?: string
      /** Mail domains; `chat.test` when absent. */
      readonly domains?: readonly string[]
      /** Seed of the permitted choices; 0 is like the recorded relay. */
      readonly variant: number
      /** How long it takes at each stage of a delivery; as fast as it can when absent. */
      readonly pace?: Pace
    }

/** What may be different about the reference server. */
export const referenceKeys = ['defect', 'domain', 'like', 'pace', 'slow', 'variant']

/** `@reference`, `@reference:like=p,defect=a,defect=b,variant=3`, or anything else, which discovery reads. Throws UsageError. */
export function parseTarget(text: string): Target {
  if (!text.startsWith('@')) return { kind: 'host', text }
  const [name = '', ...rest] = text.split(':')
  if (name !== '@reference') throw unknown('built-in target', name, ['@reference'])
  const defects: string[] = []
  let variant = 0
  const domains: string[] = []
  let like: string | undefined
  let pace = 0
  const slow: Slowed[] = []
  const pairs = rest.join(':')
  for (const pair of pairs === '' ? [] : pairs.split(',')) {
    const { key, value } = pairOf(pair, text)
    if (key === 'defect') defects.push(value)
    else if (key === 'variant') variant = variantOf(value, text)
    else if (key === 'like') like = value
    else if (key === 'domain') domains.push(domainOf(value, text))
    else if (key === 'pace') pace = msOf(value, text)
    else if (key === 'slow') slow.push(slowedOf(value, text))
    else throw unknown(`word in ${text}:`, key, referenceKeys)
  }
  return {
    kind: 'reference',
    text,
    defects,
    ...(domains.length === 0 ? {} : { domains }),
    ...(like === undefined ? {} : { like }),
    variant,
    ...(pace === 0 && slow.length === 0 ? {} : { pace: paceOf(pace, slow) }),
  }
}

interface Slowed {
  readonly stage: PacedStage
  /** Milliseconds, or a share of the pace. */
  readonly more: (pace: number) => number
}

/** Every stage takes `pace` milliseconds, and those that are slowed so much more. */
function paceOf(pace: number, slow: readonly Slowed[]): Pace {
  const all: Partial<Record<PacedStage, number>> = Object.fromEntries(pacedStages.map((stage) => [stage, pace]))
  for (const { stage, more } of slow) all[stage] = (all[stage] ?? 0) + more(pace)
  return all
}

function slowedOf(value: string, text: string): Slowed {
  const [, name = '', amount = '', unit] = /^([a-z.]+)\+(\d{1,5}(?:\.\d+)?)(ms|%)$/.exec(value) ?? []
  if (unit === undefined)
    throw new UsageError(
      `${text}: slow="${value}" is not STAGE+TIME`,
      'write for example slow=auth+2ms or slow=auth+20%',
    )
  const stage = pacedStages.find((one) => one === name)
  if (stage === undefined) throw unknown(`stage in ${text}:`, name, pacedStages)
  return { stage, more: (pace) => (unit === 'ms' ? Number(amount) : (pace * Number(amount)) / 100) }
}

function msOf(value: string, text: string): number {
  const match = /^(\d{1,5})(?:ms)?$/.exec(value)
  if (match === null) throw new UsageError(`${text}: pace "${value}" is no number of milliseconds`)
  return Number(match[1])
}

function pairOf(pair: string, text: string): { key: string; value: string } {
  const at = pair.indexOf('=')
  if (at < 1 || at === pair.length - 1) {
    throw new UsageError(`${text}: "${pair}" is not key=value`, 'write for example @reference:defect=NAME,variant=3')
  }
  return { key: pair.slice(0, at), value: pair.slice(at + 1) }
}

function domainOf(value: string, text: string): string {
  if (/^_?[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(value)) return value.toLowerCase()
  throw new UsageError(`${text}: "${value}" is no mail domain`, 'write for example @reference:domain=_chat.test')
}

function variantOf(value: string, text: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new UsageError(`${text}: variant "${value}" is not a whole number`)
  return Number(value)
}
