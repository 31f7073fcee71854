// Checks of METADATA: what Delta Chat core asks the server for, value by value.
import { check } from '../../harness/check/define.ts'
import { attempt, imapOk, type Matcher, matchesText, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { ImapClient } from '../../harness/clients/imap.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { isAppVersions } from './app-versions.ts'
import { requireCapability } from './scene.ts'

const vendor = '/shared/vendor/deltachat'

/** In the order of the client's own request. */
const coreKeys = [
  '/shared/comment',
  '/shared/admin',
  `${vendor}/irohrelay`,
  `${vendor}/turn`,
  `${vendor}/maxsmtprecipients`,
  `${vendor}/appversions`,
]

const answersCoreRequest = check({
  id: 'imap/answers-core-metadata-request',
  requirement: 'imap.answers-core-metadata-request',
  title: 'answers the GETMETADATA of Delta Chat, every value of it',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const client = await t.imap(account)
    await requireCapability(t, client, 'METADATA')
    const together = await attempt(client.getMetadata('', coreKeys))
    t.expect('GETMETADATA with six keys', together instanceof WireError ? together : together.reply, imapOk)
    if (together instanceof WireError) return
    const missing: string[] = []
    for (const key of coreKeys) {
      const alone = await client.getMetadata('', [key])
      if (alone.values.get(key) && !together.values.get(key)) missing.push(key)
    }
    t.expect(
      'values given alone and not together',
      missing,
      satisfies(
        'none',
        (keys) => keys.length === 0,
        (keys) => keys.join(', ') || 'none',
      ),
    )
  },
})

const toleratesUnknownKeys = check({
  id: 'imap/tolerates-unknown-metadata-keys',
  requirement: 'imap.tolerates-unknown-metadata-keys',
  title: 'answers OK when asked for an unknown key',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const client = await t.imap(account)
    await requireCapability(t, client, 'METADATA')
    const known = await client.getMetadata('', ['/shared/admin'])
    t.control('GETMETADATA with a known key', known.reply, imapOk, { coveredBy: 'imap/answers-core-metadata-request' })
    const unknown = await attempt(client.getMetadata('', ['/shared/admin', `${vendor}/no-such-key`]))
    t.expect('GETMETADATA with an unknown one', unknown instanceof WireError ? unknown : unknown.reply, imapOk)
  },
})

const namesIrohRelay = valueCheck({
  rule: 'names-iroh-relay',
  title: 'gives an https URL as relay for realtime connections',
  key: `${vendor}/irohrelay`,
  wanted: satisfies('an https URL', (value) => /^https:\/\/./.test(value) && URL.canParse(value)),
})

const namesTurnServer = valueCheck({
  rule: 'names-turn-server',
  title: 'gives a call relay that lasts',
  key: `${vendor}/turn`,
  wanted: satisfies('host:port:expiry:password, expiry more than 12 hours ahead', lastsTwelveHours, hidePassword),
})

const tellsMostRecipients = valueCheck({
  rule: 'tells-most-recipients',
  title: 'gives a number as most recipients',
  key: `${vendor}/maxsmtprecipients`,
  wanted: matchesText(/^[1-9]\d{0,8}$/, 'a whole number above zero'),
})

const listsAppVersions = valueCheck({
  rule: 'lists-app-versions',
  title: 'gives versions of apps as JSON in the known form',
  key: `${vendor}/appversions`,
  wanted: satisfies('{"clients": [{"clientId", "sources": [...]}]}', isAppVersions),
})

const namesAdminByUri = valueCheck({
  rule: 'names-admin-by-uri',
  title: 'names its administrator by a URI',
  key: '/shared/admin',
  wanted: matchesText(/^[a-z][a-z0-9+.-]*:\S+$/i, 'a URI, such as mailto:'),
})

/** A check of one shared value: none at all is fine, a malformed one is not. */
function valueCheck<R extends ValueRule>(options: { rule: R; title: string; key: string; wanted: Matcher<string> }) {
  const { rule, title, key, wanted } = options
  return check({
    id: `imap/${rule}`,
    requirement: `imap.${rule}`,
    title,
    needs: { accounts: 1 },
    async run(t) {
      const [account] = await t.accounts(1)
      const client = await t.imap(account)
      await requireCapability(t, client, 'METADATA')
      t.expect(key, await sharedValue(t, client, key), wanted)
    },
  })
}

type ValueRule =
  | 'names-iroh-relay'
  | 'names-turn-server'
  | 'tells-most-recipients'
  | 'lists-app-versions'
  | 'names-admin-by-uri'

/** NIL, an empty string and no entry at all say the same: there is none. */
async function sharedValue(t: CheckContext, client: ImapClient, key: string): Promise<string> {
  const { reply, values } = await client.getMetadata('', [key])
  t.control(`GETMETADATA of ${key}`, reply, imapOk, { coveredBy: 'imap/answers-core-metadata-request' })
  const value = values.get(key)
  if (!value) t.unsupported(`${key} has no value`)
  return value
}

function lastsTwelveHours(value: string): boolean {
  const match = /^(\[[^\]]+\]|[^:\s]+):(\d{1,5}):([^:\s]+):\S+$/.exec(value)
  if (!match || Number(match[2]) > 65_535) return false
  const expiry = Number(match[3])
  // Names that are no time are somebody's fixed credentials.
  return Number.isNaN(expiry) || expiry * 1000 > Date.now() + 12 * 3_600_000
}

function hidePassword(value: string): string {
  return JSON.stringify(value.replace(/:[^:]*$/, ':***'))
}

export const metadataChecks = [
  answersCoreRequest,
  toleratesUnknownKeys,
  namesIrohRelay,
  namesTurnServer,
  tellsMostRecipients,
  listsAppVersions,
  namesAdminByUri,
]
