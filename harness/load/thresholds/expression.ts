// The grammar of a threshold, k6's: `p(95)<1000`, `rate<0.01`, `count==0`. Used when options are read and by the evaluation.
import type { MetricKind } from '../metrics/sink.ts'

export type Method = 'value' | 'count' | 'rate' | 'avg' | 'min' | 'med' | 'max' | 'p'

/** `==` and `===` mean the same. */
export type Operator = '<=' | '<' | '>=' | '>' | '==' | '!='

export interface Expression {
  /** As it was written. */
  readonly source: string
  readonly method: Method
  /** Of `p(...)`: 0 to 100. */
  readonly percentile?: number
  readonly operator: Operator
  readonly bound: number
}

/** A threshold that cannot be read, or that its metric does not have; the message says what and why. */
export class ThresholdError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ThresholdError'
  }
}

const number = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`
const pattern = new RegExp(
  String.raw`^\s*(value|count|rate|avg|min|med|max|p\((${number})\))\s*(<=|<|>=|>|===|==|!=)\s*(${number})\s*$`,
  'i',
)

/** Throws ThresholdError. */
export function parseExpression(source: string): Expression {
  const match = pattern.exec(source)
  const [, word = '', percentile, operator = '', bound = ''] = match ?? []
  if (match === null || word !== word.toLowerCase()) {
    throw new ThresholdError(
      `threshold "${source}": wanted METHOD OPERATOR NUMBER, as in p(95)<1000, rate<0.01 or count==0`,
    )
  }
  const p = percentile === undefined ? undefined : Number(percentile)
  if (p !== undefined && (p < 0 || p > 100)) throw new ThresholdError(`threshold "${source}": p goes from 0 to 100`)
  return {
    source,
    method: p === undefined ? (word as Method) : 'p',
    ...(p === undefined ? {} : { percentile: p }),
    operator: operator === '===' ? '==' : (operator as Operator),
    bound: Number(bound),
  }
}

/** What can be asked of each kind of metric. */
export const methodsOf: Readonly<Record<MetricKind, readonly Method[]>> = {
  counter: ['count', 'rate'],
  gauge: ['value'],
  rate: ['rate'],
  trend: ['avg', 'min', 'max', 'med', 'p'],
}

export function holds(value: number, operator: Operator, bound: number): boolean {
  switch (operator) {
    case '<=':
      return value <= bound
    case '<':
      return value < bound
    case '>=':
      return value >= bound
    case '>':
      return value > bound
    case '==':
      return value === bound
    case '!=':
      return value !== bound
  }
}
