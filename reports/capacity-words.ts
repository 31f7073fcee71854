// The answer of a search for capacity, in the words of a report for people. Used by the HTML and Markdown reports.
import type { CapacityRecord } from '../harness/result/capacity-schema.ts'
import type { Language } from './language/language.ts'
import { printable } from './plain-text.ts'

/** `carries 40 messages a second, gives way at 45` */
export function answerOf({ bracket }: CapacityRecord, { say, number, words }: Language): string {
  const text = words.load.capacity
  const rate = number(bracket.holds, 1)
  if (bracket.holds <= 0) return text.nothingHeld
  return bracket.givesWay === undefined
    ? say(text.holds, { rate })
    : say(text.holdsBelow, { rate, givesWay: number(bracket.givesWay, 1) })
}

/** `messages 50, photos 5` */
export function assumptionsOf({ people }: CapacityRecord, { number, words }: Language): string {
  return Object.entries(people.assumptions)
    .map(([name, value]) => `${printable(name, 60)} ${number(value, 2)}`)
    .join(words.comma)
}
