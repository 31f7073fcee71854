// The module `chatmail` of a scenario file. One for each virtual user; used by a thread.
import type { SessionUser } from '../thread/virtual-user.ts'
import type { Chat, GroupOptions, Needs, PairOptions, SignUp } from './api.ts'
import type { LoadAccount, LoadAssets } from './assets.ts'
import { type Correspondence, openChat } from './chat.ts'
import { Ledger } from './ledger.ts'
import { type KnownNeeds, readNeeds } from './needs.ts'
import type { Mailbox } from './receiver.ts'
import { signUpOnce } from './sign-up.ts'
import type { ThreadState } from './thread-state.ts'

/** What the module has of the thread that it runs in. */
export interface ChatmailThread extends ThreadState {
  /** The scenario file says what it needs. */
  needs(needs: KnownNeeds): void
  /** There is a new account, which later runs can use. */
  made(account: LoadAccount): void
}

export function chatmailModule(vu: SessionUser, thread: ChatmailThread) {
  let known: Correspondence | undefined
  let prepared = false
  let sessions = 0
  const correspondence = (): Correspondence => (known ??= newCorrespondence(vu, thread.assets))
  const inIteration = (what: string) => {
    if (vu.iteration === undefined) throw new Error(`${what}: only in an iteration, not while the file is read`)
  }
  const module = {
    prepare(needs: Needs): void {
      if (!vu.inInit || prepared) throw new Error('prepare: once, while the file is read')
      prepared = true
      thread.needs(readNeeds(needs))
    },
    async openPair({ every = 1_000, oneWay = false }: PairOptions = {}): Promise<Chat> {
      inIteration('openPair')
      const [one, other] = correspondence().mailboxes
      if (one === undefined || other === undefined) throw new Error('openPair: it takes two accounts')
      const turned = !oneWay && sessions++ % 2 === 1
      const [from, to] = turned ? [other, one] : [one, other]
      return openChat(vu, thread, correspondence(), { from, to: [to], every })
    },
    async openGroup({ every = 1_000 }: GroupOptions = {}): Promise<Chat> {
      inIteration('openGroup')
      const [from, ...to] = correspondence().mailboxes
      if (from === undefined || to.length === 0) throw new Error('openGroup: it takes two accounts or more')
      return openChat(vu, thread, correspondence(), { from, to, every })
    },
    async signUp(): Promise<SignUp> {
      inIteration('signUp')
      return signUpOnce(vu, thread.assets, (account) => thread.made(account))
    },
  }
  return { ...module, default: module }
}

function newCorrespondence(vu: SessionUser, { accounts, accountsPerUser }: LoadAssets): Correspondence {
  const first = accountsPerUser * (vu.idInTest - 1)
  const own = accounts.slice(first, first + accountsPerUser)
  const mailboxes = own.map((account, at): Mailbox => {
    const index = first + at
    return { index, account, ledger: new Ledger(index), nextUid: undefined }
  })
  return { mailboxes, number: 0 }
}
