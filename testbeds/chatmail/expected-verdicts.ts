// The verdicts that chatmail-check must reach on the relays of this folder: every check passes but those that are named here,
// each with why that is true. Read by chatmail.test.ts; docs/testbed-findings.md says more.
import type { Verdict } from '../../harness/result/schema.ts'

/** Optional, and not offered: nothing here does it. */
const absent: Readonly<Record<string, readonly string[]>> = {
  'There is no iroh relay, so METADATA names none.': [
    'imap/names-iroh-relay',
    'calls/realtime-relay-answers',
    'calls/realtime-relay-takes-connections',
  ],
  'nginx has no /mxdeliv.': ['inbound/takes-mail-by-https', 'inbound/accepts-encrypted-by-https'],
  'Nothing keeps a list of app versions.': ['imap/lists-app-versions'],
}

/** Not as promised, in a way that servers have. */
const tolerated: Readonly<Record<string, readonly string[]>> = {
  'Dovecot as Debian has it waits 500 ms before it tells idle sessions.': ['delivery/notifies-at-once'],
}

const all = (verdict: Verdict, reasons: Readonly<Record<string, readonly string[]>>) =>
  Object.values(reasons)
    .flat()
    .map((check) => [check, verdict])

/** Check id to verdict, where it is not pass. */
export const expectedTroubles: Readonly<Record<string, Verdict>> = Object.fromEntries([
  ...all('unsupported', absent),
  ...all('tolerated', tolerated),
])
