// One step of a search for capacity as a line of at most 80 columns. Used by the live progress and the terminal report.
import type { CapacityRecord } from '../harness/result/capacity-schema.ts'
import { amount } from './figures.ts'
import type { Paint } from './paint.ts'
import { printable } from './plain-text.ts'

/** What is shown of a step. */
export interface ShownStep {
  readonly purpose: CapacityRecord['steps'][number]['purpose']
  readonly rate: number
  readonly verdict: CapacityRecord['steps'][number]['verdict']
  readonly p50?: number | undefined
  readonly p99?: number | undefined
  readonly why?: string | undefined
}

const words = { holds: 'holds', 'gives-way': 'gives way', invalid: 'no measure' } as const

/** ` 3  climb      4.5/s  holds       p50 12 ms, p99 80 ms` */
export function stepLine(paint: Paint, step: ShownStep, number: number): string {
  const { purpose, rate, verdict, p50, p99, why } = step
  const color = verdict === 'holds' ? paint.green : verdict === 'invalid' ? paint.yellow : paint.red
  const head = `${String(number).padStart(2)}  ${purpose.padEnd(7)}  ${`${rate}/s`.padStart(8)}  `
  const times =
    p50 === undefined || p99 === undefined ? 'nothing arrived' : `p50 ${amount(p50, 'ms')}, p99 ${amount(p99, 'ms')}`
  return `${head}${color(words[verdict].padEnd(10))}  ${printable(why ?? times, 80 - head.length - 12)}`
}
