// The file that lies beside an exported script: read once for all virtual users of k6, of which each takes what is its own.
import { SharedArray } from 'k6/data'
import { decodeBase64 } from '../../wire/base64.ts'
import type { LoadAssets, PlacedAccount, PoolMessage } from '../chatmail/assets.ts'
import type { WrittenAssets, WrittenMessage } from './settings.ts'

declare const open: (path: string) => string

/** While the script is read. The value gives the assets of one virtual user. */
export function openAssets(file: string): (runId: string, idInTest: number) => LoadAssets {
  const shared = new SharedArray('chatmail accounts', () => read(file).accounts as PlacedAccount[])
  const rest = new SharedArray('chatmail', () => {
    const { accounts: _accounts, ...all } = read(file)
    return [all]
  })
  return (runId, idInTest) => {
    const { pool, attachments, ...given } = rest[0] as Omit<WrittenAssets, 'accounts'>
    const accounts: PlacedAccount[] = []
    const first = given.accountsPerUser * (idInTest - 1)
    for (let at = first; at < first + given.accountsPerUser; at++) {
      const account = shared[at]
      if (account === undefined)
        throw new Error(`there are accounts for ${shared.length / given.accountsPerUser} users`)
      accounts[at] = account
    }
    const bodies = Object.entries(attachments).map(([name, written]) => [name, written.map(readMessage)] as const)
    return { ...given, runId, accounts, pool: pool.map(readMessage), attachments: Object.fromEntries(bodies) }
  }
}

function read(file: string): WrittenAssets {
  return JSON.parse(open(file)) as WrittenAssets
}

function readMessage({ fields, body, payload }: WrittenMessage): PoolMessage {
  return { fields, body: decodeBase64(body), payload: decodeBase64(payload) }
}
