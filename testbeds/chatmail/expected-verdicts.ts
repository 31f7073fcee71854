// The verdicts that chatmail-check must reach on the relays of this folder: every check passes but those that are named here,
// each with why that is true. Read by chatmail.test.ts; docs/testbed-findings.md says more.
import type { Verdict } from '../../harness/result/schema.ts'

/** Optional, and not offered: nothing here does it. */
const absent: Readonly<Record<string, readonly string[]>> = {
  'There is no iroh relay, so METADATA names none.': ['imap/names-iroh-relay'],
  'Nothing keeps a list of app versions.': ['imap/lists-app-versions'],
}

/** Check id to verdict, where it is not pass. */
export const expectedTroubles: Readonly<Record<string, Verdict>> = Object.fromEntries(
  Object.values(absent)
    .flat()
    .map((check) => [check, 'unsupported']),
)
