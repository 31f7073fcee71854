// The module `chatmail` of a scenario file. One for each virtual user; used by a thread.
import type { VirtualUser } from '../thread/virtual-user.ts'
import type { Pair, PairOptions } from './api.ts'
import type { LoadAssets } from './assets.ts'
import { Ledger } from './ledger.ts'
import { type Correspondence, openPairSession } from './pair.ts'
import type { Mailbox } from './receiver.ts'

/** `assets` gives what the run has prepared, which is not there yet while files are read. */
export function chatmailModule(vu: VirtualUser, assets: () => LoadAssets) {
  let correspondence: Correspondence | undefined
  const module = {
    openPair(options: PairOptions = {}): Promise<Pair> {
      if (vu.iteration === undefined) throw new Error('openPair: sessions are opened in an iteration')
      correspondence ??= newCorrespondence(vu, assets())
      return openPairSession(vu, assets(), correspondence, options)
    },
  }
  return { ...module, default: module }
}

function newCorrespondence(vu: VirtualUser, assets: LoadAssets): Correspondence {
  const mailbox = (index: number): Mailbox => {
    const account = assets.accounts[index]
    if (account === undefined)
      throw new Error(`openPair: no account number ${index}; there are ${assets.accounts.length}`)
    return { index, account, ledger: new Ledger(index), nextUid: undefined }
  }
  const first = 2 * (vu.idInTest - 1)
  return { mailboxes: [mailbox(first), mailbox(first + 1)], number: 0, sessions: 0 }
}
