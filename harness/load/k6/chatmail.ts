// The module `chatmail` in an exported script: the one of our own engine, over k6. And what the script makes of the functions of
// the scenario file. One for each virtual user of k6.
import { settings } from 'chatmail:settings'
import exec from 'k6/execution'
import type { LoadAssets } from '../chatmail/assets.ts'
import { chatmailModule } from '../chatmail/module.ts'
import { whyNot } from './ask-first.ts'
import { openAssets } from './assets.ts'
import { K6User } from './k6-user.ts'

const user = new K6User()
const readAssets = settings.assetsFile === undefined ? undefined : openAssets(settings.assetsFile)
let assets: LoadAssets | undefined

const module = chatmailModule(user, {
  idlers: 0,
  get assets(): LoadAssets {
    if (assets === undefined) throw new Error('chatmail: there is no server yet while the file is read')
    return assets
  },
  // Were read when the script was made.
  needs: () => {},
  // k6 has no place to keep it.
  made: () => {},
})

export const { prepare, openPair, openGroup, signUp } = module

/** What setup hands to every iteration. */
interface Handed {
  readonly runId: string
  readonly own: unknown
}

type Hook = (data?: unknown) => unknown

export function withConsent(own: Hook | undefined): () => Promise<Handed> {
  return async () => {
    const reason = whyNot(settings.asked)
    if (reason !== undefined) exec.test.abort(reason)
    user.countFromZero()
    const runId = Array.from(crypto.getRandomValues(new Uint8Array(6)), (octet) => octet.toString(16).padStart(2, '0'))
    return { runId: runId.join(''), own: await own?.() }
  }
}

export function iterating(work: Hook): (data?: Handed) => Promise<void> {
  return async (data) => {
    if (data?.runId === undefined)
      throw new Error('setup() has not run: nobody was asked whether this server may get load')
    assets ??= readAssets?.(data.runId, exec.vu.idInTest)
    await user.iterate(() => work(data.own))
  }
}

export function withOwnData(own: Hook): (data?: Handed) => unknown {
  return (data) => own(data?.own)
}
