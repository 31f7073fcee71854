// The words of the page of a watch, and of what it notices, in English. Part of en.ts.

export const watch = {
  title: 'chatmail-check watch',
  none: 'No round has ended yet',
  made: 'chatmail-check {version}. A round is one message from one account of ours to another.',
  up: 'Delivers, since {time}',
  slow: 'Slow, since {time}',
  down: 'Does not deliver, since {time}',
  latest: '; the latest message took {time}',
  /** The reason follows, from the record. */
  unknown: 'Not judged yet:',
  noRound: 'no round has ended',
  report: 'Report of the full run of {moment}',
  tile: {
    arrived: '{n} of {all}',
    inTime: { one: 'round arrived in a second', other: 'rounds arrived in a second' },
    notJudged: 'not judged: our own trouble',
    certificate: 'left of the certificate',
    nothing: 'nothing',
    address: { one: 'address', other: 'addresses' },
    problems: { one: 'problem', other: 'problems' },
  },
  /** How long. */
  lasting: {
    moment: 'less than a minute',
    minutes: '{n} min',
    hours: '{hours} h {minutes} min',
    days: { one: '{n} day', other: '{n} days' },
    years: { one: '{n} year', other: '{n} years' },
  },
  noticed: 'Noticed',
  when: 'when',
  what: 'what',
  chart: {
    title: { one: 'The latest {n} round', other: 'The latest {n} rounds' },
    alternative: 'Delivery time of each round; {failed} of {judged} failed. The limit is one second.',
    axis: 'time until fetched (logarithmic); red: late, or not at all',
    latest: 'latest first (UTC)',
    rounds: 'rounds',
    outcome: 'outcome',
    arrives: 'arrived in {time}',
    slow: 'late: {time}',
    /** The reason follows, from the record. */
    fails: 'failed:',
    'not-judged': 'not judged:',
    bar: '{moment} UTC: {outcome}',
  },
  event: {
    down: '{host} does not deliver: {reason}',
    noReason: 'no reason is known',
    up: '{host} delivers again, in {ms}; it did not for {time}',
    slow: {
      one: '{host} is slow: {n} message took over a second',
      other: '{host} is slow: {n} messages in a row took over a second',
    },
    quick: '{host} is quick again: {ms}',
    address: '{host} has another address: {addresses}, before {before}',
    expires: {
      one: 'the certificate of {host} expires in one day ({day})',
      other: 'the certificate of {host} expires in {n} days ({day})',
    },
    expired: 'the certificate of {host} has expired ({day})',
    problems: '{host} has problems: {checks}',
    mended: '{host} conforms again: {checks}',
  },
} as const
