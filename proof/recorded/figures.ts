// Figures measured on chatmail relays: two of them (relay services 1.9, Postfix 3.7.11, Dovecot 2.3.19.1) on one machine
// of two CPUs shared with the client; encrypted messages of 3 kB. Times in ms.
import type { Figure } from './types.ts'

export const figures: readonly Figure[] = [
  {
    name: 'a refused login over IMAP',
    witnesses: [],
    n: 11,
    p50: 1995,
    max: 2001.8,
  },
  {
    name: 'MAIL to EXISTS on one relay, Dovecot without its notification delay',
    witnesses: ['delivery.arrives-under-a-second'],
    n: 150,
    p50: 18.3,
    p95: 31.2,
    within: 1000,
  },
  {
    name: 'MAIL to EXISTS on one relay, stock Dovecot',
    witnesses: ['delivery.arrives-under-a-second'],
    n: 100,
    p50: 515.3,
    p95: 518.1,
    within: 1000,
  },
  {
    name: 'MAIL to EXISTS from one relay to the other',
    witnesses: [],
    n: 150,
    p50: 71.8,
    p95: 79.8,
  },
  {
    name: 'first message after 40 s in IDLE, MAIL to EXISTS',
    witnesses: ['delivery.still-notifies-after-idling'],
    n: 8,
    p50: 28.9,
    max: 84,
    within: 1000,
  },
  {
    name: 'messages accepted under load and found in the mailboxes',
    witnesses: ['delivery.never-loses'],
    partly: ['delivery.never-duplicates', 'imap.notifies-in-next-idle'],
    n: 3004,
    lost: 0,
  },
  {
    name: 'connecting and the login that makes an account',
    witnesses: [],
    partly: ['onboarding.is-ready-in-seconds'],
    n: 200,
    p50: 16.6,
    p95: 28.8,
    within: 5000,
  },
]
