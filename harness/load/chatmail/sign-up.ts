// Makes an account as an app does, and measures it. What a scenario gets from `signUp`.
import { type ImapClient, openImap } from '../../clients/imap.ts'
import { isTurnedAway } from '../../clients/throttling.ts'
import { newCredentials } from '../../host/credentials.ts'
import { WireError } from '../../host/wire-error.ts'
import type { SessionUser } from '../thread/virtual-user.ts'
import type { SignUp } from './api.ts'
import type { LoadAccount, LoadAssets } from './assets.ts'
import { countTraffic, sessionOptions } from './connections.ts'

/** `made`: told of every account there is now. */
export async function signUpOnce(
  vu: SessionUser,
  assets: LoadAssets,
  made: (account: LoadAccount) => void,
): Promise<SignUp> {
  const [server] = assets.servers
  if (server === undefined) throw new Error('signUp: there is no server')
  const account = newCredentials(server.domain, assets.policy)
  const began = performance.now()
  let client: ImapClient | undefined
  try {
    client = await openImap(sessionOptions(vu, assets, server, server.imap))
    const reply = await client.login(account.address, account.password)
    if (reply.status !== 'OK') return refused(vu, `${reply.status} ${reply.text}`, true)
    const selected = await client.select('INBOX')
    if (!selected.ok) return refused(vu, `INBOX: ${selected.reply.text}`, false)
    vu.add('account_create_duration', performance.now() - began)
    vu.add('account_create_failed', 0)
    made(account)
    return { made: true, limited: false }
  } catch (error) {
    if (!(error instanceof WireError) || error.code === 'aborted') throw error
    return refused(vu, error.message, isTurnedAway(error))
  } finally {
    if (client !== undefined) {
      countTraffic(vu, client)
      await client[Symbol.asyncDispose]()
    }
  }
}

function refused(vu: SessionUser, reason: string, limited: boolean): SignUp {
  if (limited) vu.add('limits_hit', 1)
  else vu.add('account_create_failed', 1)
  return { made: false, limited, reason }
}
