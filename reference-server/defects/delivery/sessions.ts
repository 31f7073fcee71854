// Defects about the submission session and its allowances.
import type { Defect } from '../types.ts'

export const sessionDefects = {
  'refuses-8bitmime': {
    violates: 'delivery.accepts-client-parameters',
    title: 'offers 8BITMIME and refuses BODY=8BITMIME',
    behaviour: { submission: { refusesBodyParameter: true } },
  },
  'refuses-smtputf8': {
    violates: 'delivery.accepts-client-parameters',
    title: 'offers SMTPUTF8 and refuses the parameter',
    behaviour: { submission: { refusesSmtpUtf8Parameter: true } },
  },
  'refuses-dsn-parameters': {
    violates: 'delivery.accepts-offered-parameters',
    title: 'offers DSN and refuses its parameters',
    behaviour: { submission: { refusesDsnParameters: true } },
  },
  'refuses-size-parameter': {
    violates: 'delivery.accepts-offered-parameters',
    title: 'offers SIZE and refuses the parameter',
    behaviour: { submission: { refusesSizeParameter: true } },
  },
  'offers-no-starttls': {
    violates: 'delivery.delivers-over-starttls',
    title: 'has port 587 open without STARTTLS',
    alsoFails: ['onboarding/autoconfig-endpoints-work', 'sender/logs-in-after-starttls'],
    behaviour: { submission: { offersStartTls: false } },
  },
  'closes-at-starttls': {
    violates: 'delivery.delivers-over-starttls',
    title: 'closes the connection when the client asks for STARTTLS',
    alsoFails: ['onboarding/autoconfig-endpoints-work', 'sender/logs-in-after-starttls', 'transport/speaks-modern-tls'],
    behaviour: { submission: { closesAtStartTls: true } },
  },
  'refuses-pipelining': {
    violates: 'delivery.takes-pipelined-commands',
    title: 'offers PIPELINING and calls its use improper',
    behaviour: { submission: { refusesPipelined: true } },
  },
  'loses-pipelined-commands': {
    violates: 'delivery.takes-pipelined-commands',
    title: 'reads only the first command of a packet',
    behaviour: { submission: { losesPipelined: true } },
  },
  'closes-after-five-messages': {
    violates: 'delivery.takes-several-messages',
    title: 'ends the session after the fifth message',
    alsoFails: ['delivery/accepts-burst-of-ten'],
    behaviour: { submission: { closesAfterMessages: 5 } },
  },
  'spoils-session-by-refusal': {
    violates: 'delivery.stays-usable-after-refusal',
    title: 'loses its filter with the first refusal, and takes nothing more in that session',
    behaviour: { submission: { afterRefusal: 'refuses-all' } },
  },
  'closes-after-refusal': {
    violates: 'delivery.stays-usable-after-refusal',
    title: 'closes the connection after it has refused a message',
    behaviour: { submission: { afterRefusal: 'closes' } },
  },
  'advertises-no-size': {
    violates: 'delivery.advertises-size',
    title: 'does not say how large messages may be',
    behaviour: { limits: { advertisedBytes: null } },
  },
  'takes-ten-megabytes': {
    violates: 'delivery.advertises-size',
    title: 'takes messages of 10 MB at most, the default of Postfix',
    behaviour: { limits: { advertisedBytes: 10_240_000, messageBytes: 10_240_000 } },
  },
  'takes-bursts-of-five': {
    violates: 'delivery.accepts-burst-of-ten',
    title: 'refuses the sixth message in a row',
    behaviour: { limits: { burst: 5 } },
  },
  'blocks-after-eight': {
    violates: 'delivery.accepts-burst-of-ten',
    title: 'refuses the ninth message in a row, and then everything for two seconds',
    behaviour: { limits: { burst: 8, rateBlockSeconds: 2 } },
  },
} as const satisfies Record<string, Defect>
