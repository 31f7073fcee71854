// The words of the HTML and Markdown reports in English. Their shape is the type of every other language: a word that is
// missing there does not compile. `{n}` and the like are filled in by language.ts; what varies with a number is a plural.
import { compare } from './compare/en.ts'
import { load } from './load/en.ts'
import type { Plural } from './plural.ts'
import { watch } from './watch/en.ts'

type Shape<T> = T extends string ? string : T extends Plural ? Plural : { readonly [Key in keyof T]: Shape<T[Key]> }

export type Words = Shape<typeof en>

export const en = {
  /** Between items of a list. */
  comma: ', ',
  clause: '; ',
  colon: ': ',
  /** `{date}` is written by Intl, `{time}` as 12:00. */
  moment: '{date}, {time} UTC',
  milliseconds: '{n} ms',
  seconds: '{n} s',
  percent: '{n} %',
  /** Over what was not translated: shown beside the English text. */
  inEnglish: 'in English',

  /** The headline over a host. */
  headline: {
    conforms: 'CONFORMS',
    but: { one: ', but for {n} point known to fail', other: ', but for {n} points known to fail' },
    asFar: ', as far as it can be tested from here',
    fails: 'FAILS',
    failsIn: { one: 'FAILS in {n} point', other: 'FAILS in {n} points' },
    error: 'NO VERDICT: chatmail-check itself went wrong',
    interrupted: 'INTERRUPTED, no verdict',
    undecided: 'UNDECIDED',
    unchecked: 'UNDECIDED, it could not be checked',
  },

  /** The four words for a finding. */
  word: { OK: 'OK', PROBLEM: 'PROBLEM', REMARK: 'REMARK', 'NOT TESTED': 'NOT TESTED' },
  level: { must: 'must', should: 'should', may: 'may' },

  page: {
    loud: 'This is the built-in reference server. It says nothing about your relay.',
    profile: 'profile {profile}',
    none: 'No host was checked',
    hosts: 'hosts',
    /** The reason follows, from the record. */
    exit: 'Exit code {code}:',
    made: '{tool}, seed {seed}, from {platform}, Node {node}; {took}.',
    markdownEnd: 'exit {code}: {reason}; profile {profile}, seed {seed}, {tool}',
    /** The note follows, from the record. */
    note: 'Note:',
  },

  /** Counts at the top of a host. */
  tally: {
    held: '{held} of {all}',
    required: { one: 'required point holds', other: 'required points hold' },
    further: { one: 'further point holds', other: 'further points hold' },
    problems: { one: 'problem', other: 'problems' },
    notTested: { one: 'check not tested', other: 'checks not tested' },
    delivery: 'delivery (p50)',
    requiredHeld: { one: '{held} of {n} required point held', other: '{held} of {n} required points held' },
    furtherHeld: { one: '{held} of {n} further point held', other: '{held} of {n} further points held' },
    checksNotTested: { one: '{n} check not tested', other: '{n} checks not tested' },
    checksLeftOut: {
      one: '{n} check left out (profile, intrusive)',
      other: '{n} checks left out (profile, intrusive)',
    },
  },

  /** Headings, and labels beside what is known of a finding. */
  finding: {
    problems: 'Problems',
    remarks: 'Remarks',
    byArea: 'By area: {areas}',
    evidence: 'Evidence',
    seen: 'seen',
    note: 'note',
    why: 'why',
    fix: 'fix',
    more: 'more',
    andMore: { one: '{n} more', other: '{n} more' },
    what: 'what',
    outcome: 'outcome',
    wanted: 'wanted',
    got: 'got',
    met: 'met',
    tolerated: 'tolerated',
    unmet: 'unmet',
    linesBefore: { one: '{n} line before', other: '{n} lines before' },
    linesAfter: { one: '{n} line after', other: '{n} lines after' },
    notOffered: 'not offered: {reason}',
    wasKnown: '{reason} (was listed as known failing; that date has passed)',
    wasKnownUntil: '{reason} (was listed as known failing until {until}; that date has passed)',
    known: '{reason} (known failing: {listed})',
    knownUntil: '{reason} (known failing until {until}: {listed})',
    passes: 'passes, but is listed as known failing ({listed}): take it off the list',
    withheldTitle: 'a point with security impact',
    withheld: 'withheld until {until}',
  },

  /** Why something was not tested, by kind; the record has the particulars. */
  skipped: {
    profile: 'not in the profile',
    consent: 'intrusive: only with --i-operate',
    inapplicable: 'does not apply to this host',
    accounts: 'makes accounts, but some were given',
    power: 'needs a power that we do not have',
    reach: 'needs a port that cannot be reached from here',
    equipment: 'needs a program that is not installed here',
    partner: 'needs a second relay',
    budget: 'the messages, accounts or connections allowed were used up',
    later: 'a later run will know',
    interrupted: 'the run was stopped',
  },

  aside: {
    notTested: 'Not tested',
    leftOut: 'Left out by choice, or not applicable',
    checks: { one: '{n} check', other: '{n} checks' },
    ownError: 'an error of chatmail-check itself, please report it: {reason}',
    noReason: 'no reason given',
    observed: 'Seen, without a judgement',
    holds: 'What holds',
    check: 'check',
    what: 'what',
    value: 'value',
    unknown: 'unknown',
    yes: 'yes',
    no: 'no',
    about: 'About this host',
    domain: 'domain',
    used: 'used',
    took: 'took',
    looksLike: 'looks like',
    by: '{make}, by {clues}',
    newAccounts: { one: '{n} new account', other: '{n} new accounts' },
    oldAccounts: { one: '{n} account of before', other: '{n} accounts of before' },
    messages: { one: '{n} message', other: '{n} messages' },
    connections: { one: '{n} connection', other: '{n} connections' },
    place: '{name} ({address}) port {port}',
    table: 'table: {columns}',
  },

  guess: {
    title: 'Guesses',
    likely: 'looks like {make}',
    likelyBy: 'looks like {make}, by {clues}',
    possible: 'may be {make}',
    possibleBy: 'may be {make}, by {clues}',
    behaves: 'Behaves like a server that {causes}',
    orBehaves: 'Or like a server that {causes}',
    share: '({explains})',
    shareOf: '({explains}; {absent})',
    explains: { one: 'explains {explained} of {n} finding', other: 'explains {explained} of {n} findings' },
    wouldFail: { one: '{n} more would fail', other: '{n} more would fail' },
  },

  figure: {
    p50: 'p50 {value}',
    p95: 'p95 {value}',
    largest: 'largest {value}',
    none: 'no samples',
    unended: 'did not end in time',
    late: 'later than the deadline',
    unknown: 'unknown',
    spread: '{parts} ({n})',
    samples: { one: '{n} sample', other: '{n} samples' },
    messages: { one: '{n} message', other: '{n} messages' },
    tooFew: ', too few for p95',
    someLost: '{lost} of {n} lost or later than the deadline',
    noneLost: 'none of {n} lost (could still be up to {bound})',
    ready: 'ready to chat in {time}',
    delivery: 'delivery {spread}; {losses}',
    network: '; round trips of about {time} not counted',
    session: {
      submission: 'session for submission opened in {time}: {stages}',
      reading: 'session for reading opened in {time}: {stages}',
    },
    stages: 'stages (p50): {stages}',
  },

  speed: {
    title: 'Speed',
    delivery: 'Delivery {spread}; {losses}.',
    network: ' A round trip of the network takes about {time}, and is not counted.',
    measured: 'measured',
    value: 'value',
  },

  deliveryChart: {
    title: 'Delivery: how many messages took how long',
    alternative: 'Histogram of delivery times: {spread}; {losses}. The limit is one second.',
    messages: 'messages',
    axis: 'time until fetched (logarithmic)',
    limit: 'limit: {time}',
    lost: 'lost',
    range: '{from} to {to}',
    delivery: 'delivery',
    tooFew: 'too few samples',
    none: 'none',
    lostOrLate: 'lost or later than the deadline',
    shortest: 'shortest',
    longest: 'longest that came',
    numbers: 'The bars as numbers',
    time: 'time',
  },

  stageChart: {
    title: 'One delivery, stage by stage: the median of each',
    alternative: 'Stages one after another: {stages}; in all {total}.',
    session: 'opening a session, network included',
    delivery: 'delivery, without the round trips of the network',
    stage: 'stage',
    begins: 'begins at',
    takes: 'takes (p50)',
    samples: 'samples',
  },

  /** `head` stands over a column, `long` in a sentence: from where to where. */
  stages: {
    tcp: { head: 'TCP', long: 'TCP (connecting)' },
    tls: { head: 'TLS', long: 'TLS (the handshake)' },
    greeting: { head: 'greet', long: 'greeting (after the handshake)' },
    ehlo: { head: 'EHLO', long: 'EHLO' },
    auth: { head: 'AUTH', long: 'AUTH (logging in)' },
    mail: { head: 'MAIL', long: 'MAIL' },
    rcpt: { head: 'RCPT', long: 'RCPT' },
    data: { head: 'DATA', long: 'DATA (after RCPT, until 354)' },
    body: { head: '250', long: '250 (from the message to 250)' },
    notify: { head: 'EXISTS', long: 'EXISTS (from 250 to the notice)' },
    fetch: { head: 'fetch', long: 'fetch (from the notice to all of it)' },
  },

  /** Heads of tables in Markdown. */
  markdown: {
    problem: 'Problem',
    remark: 'Remark',
    wanted: 'what is wanted',
    seen: 'seen',
    fix: 'fix',
    why: 'why',
    before: '{n} before',
    after: '{n} after',
    more: { one: 'and {n} more', other: 'and {n} more' },
  },

  load,
  compare,
  watch,

  /** Areas of checks, as headings; in ids they stay as they are. */
  area: {
    onboarding: 'onboarding',
    encryption: 'encryption',
    sender: 'sender',
    delivery: 'delivery',
    imap: 'imap',
    privacy: 'privacy',
    calls: 'calls',
    deltachat: 'deltachat',
    inbound: 'inbound',
    federation: 'federation',
    retention: 'retention',
    push: 'push',
    limits: 'limits',
    transport: 'transport',
  },
} as const
