// What a load run says beside how long messages took: answers to the questions of scenarios about groups, idlers, newcomers, people
// who come back, and files. One line each, of what was measured. Pure. Used by the terminal renderer.
import type { LoadRecord } from '../harness/result/load-schema.ts'
import { amount } from './figures.ts'
import { count } from './words.ts'

/** Octets of a MB. */
const mega = 1_000_000

export function loadAnswers({ metrics }: Pick<LoadRecord, 'metrics'>): readonly string[] {
  const values = (name: string) => metrics[name]?.values
  const total = (name: string) => values(name)?.count ?? 0
  const times = (name: string) => {
    const { med = 0, max = 0, 'p(99)': p99 = 0 } = values(name) ?? {}
    return `p50 ${amount(med, 'ms')}, p99 ${amount(p99, 'ms')}, max ${amount(max, 'ms')}`
  }
  const lines: string[] = []
  const { count: received = 0, rate = 0 } = values('messages_received') ?? {}
  const copies = received / Math.max(1, total('messages_sent'))
  if (copies >= 1.5) lines.push(`deliveries: ${rate.toFixed(1)} a second, ${copies.toFixed(1)} of each message`)
  const idlers = values('imap_idlers')?.max ?? 0
  if (idlers > 0 && values('imap_idle_notify_duration') !== undefined) {
    lines.push(`heard of in IDLE: ${times('imap_idle_notify_duration')} (up to ${count(idlers, 'account')} idling)`)
  }
  if (values('catch_up_duration') !== undefined)
    lines.push(`all there after coming back: ${times('catch_up_duration')}`)
  const made = values('account_create_duration')
  if (made !== undefined) {
    lines.push(`${count(total('account_create_duration'), 'account')} made: ${times('account_create_duration')}`)
  }
  const [sent, got] = [values('data_sent'), values('data_received')]
  if (sent !== undefined && got !== undefined && total('data_sent') + total('data_received') >= mega) {
    lines.push(`on the wire: ${perSecond(sent.rate)} sent, ${perSecond(got.rate)} received`)
  }
  return lines
}

function perSecond(octets = 0): string {
  const mb = octets / mega
  return `${mb >= 10 ? mb.toFixed(0) : mb.toPrecision(2)} MB/s`
}
