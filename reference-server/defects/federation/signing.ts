// Defects of the signatures of mail that leaves.
import { conformingDkim } from '../../behaviour/dkim.ts'
import type { Defect } from '../types.ts'

const without = (names: readonly string[], name: string) => names.filter((one) => one !== name)

export const signingDefects = {
  'signs-nothing': {
    violates: 'federation.signs-mail',
    title: 'signs no mail',
    alsoFails: ['federation/signs-as-author', 'federation/signs-with-rsa', 'federation/signs-bounces'],
    behaviour: { dkim: { signs: false } },
  },
  'publishes-no-key': {
    violates: 'federation.signs-mail',
    title: 'signs with a key that is not in its DNS',
    alsoFails: ['federation/signs-bounces'],
    behaviour: { dkim: { published: 'nothing' } },
  },
  'publishes-another-key': {
    violates: 'federation.signs-mail',
    title: 'signs with another key than the one in its DNS',
    alsoFails: ['federation/signs-bounces'],
    behaviour: { dkim: { published: 'other' } },
  },
  'revoked-its-key': {
    violates: 'federation.signs-mail',
    title: 'signs with a key that its DNS calls revoked',
    alsoFails: ['federation/signs-bounces'],
    behaviour: { dkim: { published: 'revoked' } },
  },
  'hashes-another-body': {
    violates: 'federation.signs-mail',
    title: 'signs the body with other line ends than it sends',
    alsoFails: ['federation/signs-bounces'],
    behaviour: { dkim: { bodyHash: 'other-line-ends' } },
  },
  'leaves-author-unsigned': {
    violates: 'federation.signs-mail',
    title: 'leaves From out of its signatures',
    alsoFails: ['federation/signs-bounces'],
    behaviour: {
      dkim: {
        headers: without(conformingDkim.headers, 'from'),
        oversigned: without(conformingDkim.oversigned, 'from'),
      },
    },
  },
  'signs-as-subdomain': {
    violates: 'federation.signs-as-author',
    title: 'signs with a name below its mail domain',
    alsoFails: ['federation/signs-bounces'],
    behaviour: { dkim: { domain: 'mail.{domain}' } },
  },
  'signs-with-ed25519-alone': {
    violates: 'federation.signs-with-rsa',
    title: 'signs with Ed25519 alone',
    behaviour: { dkim: { algorithms: ['ed25519-sha256'] } },
  },
  'signs-with-short-keys': {
    violates: 'federation.signs-with-strong-keys',
    title: 'signs with an RSA key of 1024 bits',
    behaviour: { dkim: { rsaBits: 1024 } },
  },
  'signs-part-of-body': {
    violates: 'federation.signs-whole-body',
    title: 'signs the first kilobyte of a body and says so by l=',
    behaviour: { dkim: { bodyLength: 1_024 } },
  },
  'allows-second-author': {
    violates: 'federation.signs-absence-of-headers',
    title: 'signs From as often as it is there',
    behaviour: { dkim: { oversigned: without(conformingDkim.oversigned, 'from') } },
  },
  'signatures-expire-early': {
    violates: 'federation.signatures-outlive-queues',
    title: 'signs with an expiry of an hour',
    behaviour: { dkim: { expiresSeconds: 3_600 } },
  },
  'signs-no-bounces': {
    violates: 'federation.signs-bounces',
    title: 'signs no delivery reports, as the relay before 1.11',
    behaviour: { dkim: { signsBounces: false } },
  },
} as const satisfies Record<string, Defect>
