// Checks of push tokens: SETMETADATA of /private/devicetoken, as phones use it.
import { check } from '../../harness/check/define.ts'
import { attempt, type ImapAnswer, imapOk, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { ImapClient } from '../../harness/clients/imap.ts'
import type { Account } from '../../harness/host/account.ts'
import { capabilities, requireCapability } from './scene.ts'

const key = '/private/devicetoken'

/** Always the same ones: servers keep tokens for months, and a run should not leave more of them than the last did. */
const tokens = { first: 'chatmail-check-token-1', second: 'chatmail-check-token-2', literal: 'chatmail-check-token-3' }

// Not in the quick profile: a server tells its push service of these tokens at each message until it learns that they
// are nobody's.
const keepsDeviceToken = check({
  id: 'imap/keeps-device-token',
  requirement: 'imap.keeps-device-token',
  title: 'keeps a push token for later sessions',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const client = await pushSession(t, account)
    t.expect('SETMETADATA of a token', await setToken(client, tokens.first), imapOk)
    t.expect('the tokens in another session', await tokensLater(t, account), withTokens(tokens.first))
  },
})

const addsDeviceTokens = check({
  id: 'imap/adds-device-tokens',
  requirement: 'imap.adds-device-tokens',
  title: 'keeps the push tokens of several devices',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const client = await pushSession(t, account)
    t.control('a token is set', await setToken(client, tokens.first), imapOk, { coveredBy: 'imap/keeps-device-token' })
    const other = await t.imap(account)
    t.expect('SETMETADATA of another one', await setToken(other, tokens.second), imapOk)
    const later = await tokensLater(t, account)
    t.control('the last token is kept', later, withTokens(tokens.second), { coveredBy: 'imap/keeps-device-token' })
    t.expect('the tokens afterwards', later, withTokens(tokens.first, tokens.second))
  },
})

const takesDeviceTokenAsLiteral = check({
  id: 'imap/takes-device-token-as-literal',
  requirement: 'imap.takes-device-token-as-literal',
  title: 'takes a push token as a literal',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const client = await pushSession(t, account)
    const offered = client.capabilities.has('LITERAL+') || client.capabilities.has('LITERAL-')
    if (!offered) t.unsupported('neither LITERAL+ nor LITERAL- is in the capability list')
    const reply = await attempt(client.setMetadata('INBOX', key, tokens.literal, { literal: 'plus' }))
    t.expect('SETMETADATA with {n+}', reply, imapOk)
    t.expect('the tokens in another session', await tokensLater(t, account), withTokens(tokens.literal))
  },
})

/** A session on a server that offers push; ends the check as unsupported where it does not. */
export async function pushSession(
  t: CheckContext,
  account: Pick<Account, 'address' | 'password'>,
): Promise<ImapClient> {
  const client = await t.imap(account)
  await requireCapability(t, client, 'METADATA')
  if (!(await capabilities(t, client)).has('XDELTAPUSH')) t.unsupported('XDELTAPUSH is not in the capability list')
  return client
}

export function setToken(client: ImapClient, token: string): Promise<ImapAnswer> {
  return attempt(client.setMetadata('INBOX', key, token))
}

/** The tokens of the account, for a session of its own. */
export async function tokensLater(
  t: CheckContext,
  account: Pick<Account, 'address' | 'password'>,
): Promise<readonly string[]> {
  const client = await t.imap(account)
  const { reply, values } = await client.getMetadata('INBOX', [key])
  t.control('GETMETADATA of the tokens', reply, imapOk)
  return (values.get(key) ?? '').split(' ').filter(Boolean)
}

function withTokens(...wanted: readonly string[]) {
  return satisfies(
    wanted.length === 1 ? 'the token among them' : `${wanted.length} tokens among them`,
    (got: readonly string[]) => wanted.every((token) => got.includes(token)),
    (got) => `${got.length} tokens, ${wanted.filter((token) => got.includes(token)).length} of them ours`,
  )
}

export const deviceTokenChecks = [keepsDeviceToken, addsDeviceTokens, takesDeviceTokenAsLiteral]
