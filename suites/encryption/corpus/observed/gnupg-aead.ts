// The relay's filters refuse it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { aead, pkeskV3, writePackets } from '../../../../harness/mail/packets.ts'

export const gnupgAead = {
  id: 'gnupg-aead',
  why: 'the authenticated encryption of GnuPG 2.3 (packet type 20), in no RFC',
  expect: 'observed',
  build: (mail, from, to) => mail.armoured(from, to, writePackets([pkeskV3(mail.random), aead(mail.random, 900)])),
} as const satisfies Sample
