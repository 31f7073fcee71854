// Defects of the call relay and of the credentials given out for it.
import type { Defect } from './types.ts'

export const callsDefects = {
  'answers-no-stun-binding': {
    violates: 'calls.answers-stun-binding',
    title: 'answers no STUN binding requests',
    behaviour: { calls: { answersBinding: false } },
  },
  'call-relay-refuses-its-credentials': {
    violates: 'calls.relay-takes-its-credentials',
    title: 'gives credentials that its call relay refuses',
    behaviour: { calls: { refusesGoodCredentials: true } },
  },
  'open-call-relay': {
    violates: 'calls.relay-requires-login',
    title: 'lets anybody use its call relay without credentials',
    behaviour: { calls: { requiresLogin: false } },
  },
  'call-relay-takes-any-password': {
    violates: 'calls.relay-refuses-wrong-password',
    title: 'lets any password onto its call relay',
    cost: 'intrusive',
    behaviour: { calls: { acceptsWrongPassword: true } },
  },
  'call-relay-carries-nothing': {
    violates: 'calls.relays-both-ways',
    title: 'gives places on its call relay and carries nothing',
    behaviour: { calls: { relays: 'nothing' } },
  },
  'call-relay-carries-one-way': {
    violates: 'calls.relays-both-ways',
    title: 'carries data to the peer and none back',
    behaviour: { calls: { relays: 'to-peer-only' } },
  },
  'call-relay-without-channels': {
    violates: 'calls.relays-over-channels',
    title: 'binds no channels on its call relay',
    behaviour: { calls: { channels: false } },
  },
  'call-relay-ignores-permissions': {
    violates: 'calls.relay-keeps-strangers-out',
    title: 'passes data from anybody to the clients of its call relay',
    behaviour: { calls: { ignoresPermissions: true } },
  },
  'call-relay-renews-nothing': {
    violates: 'calls.relay-renews-allocations',
    title: 'lets places on its call relay run out whatever the client asks',
    behaviour: { calls: { refresh: false } },
  },
  'call-credentials-made-once': {
    violates: 'calls.gives-fresh-credentials',
    title: 'gives everybody the call relay credentials of its start',
    behaviour: { calls: { credentials: 'fixed' } },
  },
  'published-call-relay-secret': {
    violates: 'calls.uses-own-relay-secret',
    title: 'makes call relay credentials with a published secret',
    behaviour: { calls: { secret: 'published' } },
  },
  'names-call-relay-in-brackets': {
    violates: 'calls.names-usable-relay',
    title: 'names its call relay in brackets',
    behaviour: { calls: { turnHost: '[{domain}]' } },
  },
  'names-dead-realtime-relay': {
    violates: 'calls.realtime-relay-answers',
    alsoFails: ['calls/realtime-relay-takes-connections'],
    title: 'names a relay for realtime channels that is not there',
    behaviour: { calls: { iroh: { served: false } } },
  },
  'realtime-relay-upgrades-nobody': {
    violates: 'calls.realtime-relay-takes-connections',
    title: 'shows pages of its relay for realtime channels and lets nobody connect',
    behaviour: { calls: { iroh: { upgrades: false } } },
  },
} as const satisfies Record<string, Defect>
