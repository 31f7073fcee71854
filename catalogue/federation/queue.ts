// What a chatmail server owes its users about mail that another server does not take, now or ever.
import type { Requirement } from '../types.ts'
import { relay, rfc, transport } from './sources.ts'

const patience = {
  relay: 'postconf minimal_backoff_time maximal_backoff_time maximal_queue_lifetime: 300 s, 4000 s and 2 d.',
  'postfix-dovecot': 'Leave minimal_backoff_time and maximal_backoff_time as they come with Postfix.',
  any: 'Keep what is deferred in a queue and try again after minutes, later after an hour, for two days or more.',
} as const

const reports = {
  any: 'Send a delivery report (RFC 3464) for each recipient that was refused for good, with the reply of the other server.',
  madmail: 'It gives up without a word as of 2.23.',
} as const

export const waiting = {
  'federation.tries-again': {
    level: 'must',
    basis: 'standard',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Tries again later when another server is down or says so by a 4xx reply.',
    why: 'Every server is down now and then. Messages must not be lost by that.',
    sources: [rfc(5321, '4.5.4.1'), transport],
    covers: ['OUT-11'],
    fix: { ...patience, madmail: 'madmail 2.23 tries three times within minutes and gives up; no setting is known.' },
  },
  'federation.gives-up-in-time': {
    level: 'should',
    basis: 'standard',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Returns a message that could not be delivered for six days.',
    why: 'Whoever waits for an answer should learn that the message never got there.',
    sources: [rfc(5321, '4.5.4.1'), relay('cmdeploy/postfix/main.cf.j2: maximal_queue_lifetime')],
    covers: ['OUT-11'],
    fix: { ...patience, any: 'Give up after two to five days, and tell the sender.' },
  },
  'federation.returns-refused-mail': {
    level: 'should',
    basis: 'standard',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Tells the sender when another server refuses a message for good.',
    why: 'Otherwise the message looks sent for ever.',
    sources: [rfc(5321, '4.2.5'), rfc(5321, '6.1'), transport],
    covers: ['OUT-3'],
    fix: {
      ...reports,
      'postfix-dovecot':
        'Leave bounce_service_name and notify_classes as they come with Postfix, and look for a filter that takes bounces for spam.',
    },
  },
  'federation.says-why': {
    level: 'should',
    basis: 'standard',
    impact: 'ergonomics',
    promise: 'reliability',
    text: 'Quotes in a delivery report what the other server said.',
    why: 'Whether the address is wrong, the mailbox full or the server blocked: the user needs to know what to do.',
    sources: [rfc(3464, '2.3.6'), transport],
    covers: ['OUT-3'],
    fix: { any: 'Write the reply into Diagnostic-Code and into the part for people.' },
  },
  'federation.spares-other-recipients': {
    level: 'should',
    basis: 'standard',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Delivers to the others when one of several recipients is refused, and reports that one alone.',
    why: 'One member of a group who is gone must not cut the others off.',
    sources: [rfc(5321, '3.3'), rfc(5321, '6.1')],
    fix: { any: 'Go on to DATA when at least one RCPT was taken.' },
  },
  'federation.honours-null-mx': {
    level: 'should',
    basis: 'standard',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Returns mail at once for a domain whose null MX record says that it takes none.',
    why: 'A mistyped domain should be noticed at once, and must get nothing.',
    sources: [rfc(7505, '4.1'), transport],
    covers: ['OUT-3'],
    fix: { any: 'Take MX 0 "." as a permanent failure (556 5.1.10).' },
  },
  'federation.reports-to-other-servers': {
    level: 'should',
    basis: 'standard',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Tells a sender on another server when a user of its own does not exist.',
    why: 'Accounts go away after months without use. Without a report the sender waits for an answer that cannot come.',
    sources: [rfc(5321, '6.1'), relay('tests/online: test_bounces_are_dkim_signed')],
    covers: ['BNC-1', 'IN-14'],
    fix: { ...reports, any: 'Refuse at RCPT or DATA, or send a delivery report to the envelope sender.' },
  },
} as const satisfies Record<string, Requirement>
