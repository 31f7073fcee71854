// What a watch knows of its hosts as metrics: rounds, delivery, certificates, and beside them those of the latest full run. Pure.
import type { Result } from '../harness/result/schema.ts'
import type { HostState, Ledger } from '../harness/watch/ledger.ts'
import { roundOutcomes } from '../harness/watch/round.ts'
import { type Family, metricsText, type Sample } from './metrics-text.ts'
import { resultFamilies } from './openmetrics.ts'

const statuses: readonly HostState['status'][] = ['unknown', 'up', 'slow', 'down']

/** `results`: the latest full run of each host that had one. */
export function renderWatchMetrics({ hosts, pending }: Ledger, results: readonly Result[]): string {
  const states = [...hosts.values()]
  return metricsText([...roundFamilies(states, pending.length), ...joined(results.map(resultFamilies))])
}

function roundFamilies(states: readonly HostState[], pending: number): readonly Family[] {
  const each = (of: (state: HostState) => number | undefined): Sample[] =>
    states.flatMap((state) => {
      const value = of(state)
      return value === undefined ? [] : [{ labels: { host: state.host }, value }]
    })
  const seconds = (time: string | undefined) => (time === undefined ? undefined : Date.parse(time) / 1_000)
  return [
    {
      name: 'watch_status',
      type: 'gauge',
      help: '1 for what the host is now, 0 for the others.',
      samples: states.flatMap(({ host, status }) =>
        statuses.map((name) => ({ labels: { host, status: name }, value: Number(status === name) })),
      ),
    },
    {
      name: 'watch_rounds',
      type: 'gauge',
      help: 'Rounds so far, by outcome; those of before a restart included.',
      samples: states.flatMap(({ host, counts }) =>
        roundOutcomes.map((outcome) => ({ labels: { host, outcome }, value: counts[outcome] })),
      ),
    },
    {
      name: 'watch_last_round_timestamp_seconds',
      unit: 'seconds',
      type: 'gauge',
      help: 'When the latest round ended, since 1970.',
      samples: each(({ rounds }) => seconds(rounds.at(-1)?.at)),
    },
    {
      name: 'watch_delivery_seconds',
      unit: 'seconds',
      type: 'gauge',
      help: 'From submission until the message of the latest round was fetched; absent when it was not.',
      samples: each(({ rounds }) => {
        const ms = rounds.at(-1)?.delivery
        return ms === undefined ? undefined : ms / 1_000
      }),
    },
    {
      name: 'watch_certificate_end_timestamp_seconds',
      unit: 'seconds',
      type: 'gauge',
      help: 'When the first certificate of the mail ports ends, since 1970.',
      samples: each(({ certificateEnds }) => seconds(certificateEnds)),
    },
    {
      name: 'watch_address',
      type: 'gauge',
      help: 'Always 1; one for each address at which the mail ports were last.',
      samples: states.flatMap(({ host, addresses }) =>
        addresses.map((address) => ({ labels: { host, address }, value: 1 })),
      ),
    },
    {
      name: 'watch_messages',
      type: 'gauge',
      help: 'Messages that the kept rounds sent to the host.',
      samples: each(({ rounds }) => rounds.reduce((sum, { messages }) => sum + messages, 0)),
    },
    {
      name: 'watch_untold_events',
      type: 'gauge',
      help: 'Events that did not reach everybody who is to hear of them.',
      samples: [{ labels: {}, value: pending }],
    },
  ]
}

/** A family may stand in the text once only. */
function joined(several: readonly (readonly Family[])[]): readonly Family[] {
  const byName = new Map<string, Family>()
  for (const family of several.flat()) {
    const known = byName.get(family.name)
    byName.set(family.name, known === undefined ? family : { ...known, samples: [...known.samples, ...family.samples] })
  }
  return [...byName.values()]
}
