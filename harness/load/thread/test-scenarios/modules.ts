// A scenario file that uses everything of k6 that there is, without a server. For tests of the engine.
import { check, fail, group } from 'k6'
import exec from 'k6/execution'
import { Counter, Gauge, Rate, Trend } from 'k6/metrics'
import type { Options } from 'k6/options'
import { next } from './own-state.ts'

const seen = new Counter('seen')
const level = new Gauge('level')
const even = new Rate('even')
const size = new Trend('size', true)
let own = 0

export const options: Options = {
  scenarios: {
    first: {
      executor: 'per-vu-iterations',
      exec: 'talk',
      vus: 3,
      iterations: 4,
      env: { WORD: 'first' },
      tags: { kind: 'a' },
    },
    second: {
      executor: 'shared-iterations',
      exec: 'listen',
      vus: 2,
      iterations: 6,
      startTime: '500ms',
      env: { WORD: 'second' },
    },
  },
  thresholds: {
    'seen{kind:a}': ['count==12'],
    'seen{scenario:second}': ['count==6'],
    'size{mark:large}': ['min>=10'],
    checks: ['rate==1'],
  },
}

export function setup() {
  return { begun: true, list: [1, 2, 3] }
}

export async function talk(data: { list: number[] }) {
  own++
  data.list.push(own)
  check(exec.vu, {
    'its state is its own': (vu) => own === vu.iterationInScenario + 1,
    'a file beside it is its own, too': () => next() === own,
    'what setup gave is its own': () => data.list.length === 3 + own,
    'its environment is that of the scenario': () => __ENV.WORD === 'first' && __ENV.GIVEN === 'yes',
    'it knows its number': (vu) => vu.idInTest === __VU && vu.idInTest >= 1,
    'it knows what runs': () => exec.scenario.name === 'first' && exec.scenario.executor === 'per-vu-iterations',
  })
  seen.add(1)
  level.add(own)
  even.add(own % 2 === 0)
  size.add(own, { mark: own > 3 ? 'four' : 'few' })
  group('inside', () => size.add(10 + own, { mark: 'large' }))
  await new Promise((resolve) => setTimeout(resolve, 20))
}

export async function listen() {
  seen.add(1)
  await new Promise((resolve) => setTimeout(resolve, 10))
  if (exec.scenario.iterationInTest === 3) fail('the fourth fails')
}

export function teardown(data: { begun: boolean }) {
  if (!data.begun) throw new Error('teardown did not get what setup gave')
  seen.add(0, { phase: 'teardown' })
}
