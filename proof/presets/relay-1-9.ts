// The recorded relay: what later ones do better.
import type { GoldenVerdict } from './types.ts'

export const metrics: GoldenVerdict = {
  verdict: 'fail',
  because: 'Until 1.10 every relay showed the number of its accounts at /metrics.',
  checks: ['privacy/shows-no-metrics'],
}

export const olderMetadata: GoldenVerdict = {
  verdict: 'unsupported',
  because: 'The recipients of one message are in the metadata from 1.11 on, the app versions after 1.12.',
  checks: ['imap/tells-most-recipients', 'imap/lists-app-versions', 'limits/takes-promised-recipients'],
}

export const noMxdeliv: GoldenVerdict = {
  verdict: 'unsupported',
  because: 'Mail by HTTPS came with 1.10.',
  checks: ['inbound/takes-mail-by-https', 'inbound/accepts-encrypted-by-https'],
}

export const noRoom: GoldenVerdict = {
  verdict: 'fail',
  because: 'Relays make room in mailboxes that fill up from 1.10 on.',
  checks: ['retention/makes-room'],
}

export const countedByMinute: GoldenVerdict = {
  verdict: 'unsupported',
  because:
    'It counts whole minutes; the proof allows a hundred times more in one than the operator did, which a check does not reach.',
  checks: ['limits/defers-over-rate', 'limits/recovers-after-rate'],
}

export const unsignedBounces: GoldenVerdict = {
  verdict: 'fail',
  because: 'Delivery reports are signed from 1.11 on.',
  checks: ['federation/signs-bounces'],
}

export const cleansParts: GoldenVerdict = {
  verdict: 'fail',
  because: 'Until 1.12 the header rules reached into the parts of a message.',
  checks: ['delivery/keeps-part-headers'],
}

export const relay19: readonly GoldenVerdict[] = [
  metrics,
  olderMetadata,
  noMxdeliv,
  noRoom,
  countedByMinute,
  unsignedBounces,
  cleansParts,
]
