// What a watch noticed, as sentences: for its page, its log and whoever is to be told. Pure.
import { daysLeft, type WatchEvent } from '../harness/watch/ledger.ts'
import { amount } from './figures.ts'
import { english, type Language, type Sentence } from './language/language.ts'

/** Checks that a sentence names. */
const fewChecks = 5

/** `a.example does not deliver: ...`, in English. */
export function eventText(event: WatchEvent): string {
  const { text, values } = eventSentence(english, event)
  return english.say(text, values)
}

export function eventSentence(language: Language, event: WatchEvent): Sentence {
  if (event.kind !== 'down' || event.reason === undefined) return { text: ownText(language, event), values: {} }
  const { say, words } = language
  return {
    text: say(words.watch.event.down, { host: event.host, reason: '{reason}' }),
    values: { reason: event.reason },
  }
}

function ownText(language: Language, event: WatchEvent): string {
  const { say, count, day, words } = language
  const text = words.watch.event
  const { host, at } = event
  switch (event.kind) {
    case 'down':
      return say(text.down, { host, reason: text.noReason })
    case 'up':
      return say(text.up, {
        host,
        ms: amount(event.delivery, 'ms', language),
        time: lasting(language, event.since, at),
      })
    case 'slow':
      return count(text.slow, event.rounds, { host })
    case 'quick':
      return say(text.quick, { host, ms: amount(event.delivery, 'ms', language) })
    case 'address':
      return say(text.address, {
        host,
        addresses: event.addresses.join(words.comma),
        before: event.before.join(words.comma),
      })
    case 'certificate': {
      const left = daysLeft(event.ends, at)
      const values = { host, day: day(event.ends) }
      return left <= 0 ? say(text.expired, values) : count(text.expires, left, values)
    }
    case 'problems':
    case 'mended':
      return say(text[event.kind], { host, checks: some(language, event.checks) })
  }
}

/** `3 h 20 min` */
export function lasting({ say, count, words }: Language, since: string | undefined, now: string): string {
  const text = words.watch.lasting
  const minutes = Math.round((Date.parse(now) - Date.parse(since ?? now)) / 60_000)
  if (minutes < 1) return text.moment
  if (minutes < 60) return say(text.minutes, { n: minutes })
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? say(text.hours, { hours, minutes: minutes % 60 }) : count(text.days, Math.round(hours / 24))
}

function some({ count, words }: Language, ids: readonly string[]): string {
  const rest = ids.length - fewChecks
  return `${ids.slice(0, fewChecks).join(words.comma)}${rest > 0 ? count(words.compare.andMore, rest) : ''}`
}
