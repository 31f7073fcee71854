// Delta Chat core for the scripts of this folder: accounts and encrypted messages between them, all in one process of core.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { StdioDeltaChat } from '@deltachat/jsonrpc-client'
import { getRPCServerPath } from '@deltachat/stdio-rpc-server'

export interface Core {
  /** Number of a new account that the invite gives. */
  account(invite: string): Promise<number>
  /** Sends a text, encrypted with the key of the recipient's card, and answers what arrives there. */
  chat(from: number, to: number, text: string): Promise<string | null>
  close(): Promise<void>
}

const patienceMs = 30_000
/** Contact number of the owner of an account. */
const self = 1

/** Keeps its data in `folder`. */
export function startCore(folder: string): Core {
  const child = spawn(getRPCServerPath(), { env: { DC_ACCOUNTS_PATH: folder }, stdio: ['pipe', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const failed = new Promise<never>((_, reject) => {
    exited.then(([code]) => reject(new Error(`core ended with ${code}`)), reject)
    setTimeout(() => reject(new Error('core is not done in time')), patienceMs).unref()
  })
  failed.catch(() => {})
  child.stdout.setEncoding('utf8')
  const core = new StdioDeltaChat(child.stdin, child.stdout, true)
  const { rpc } = core

  const account = async (invite: string) => {
    const id = await rpc.addAccount()
    await rpc.setConfig(id, 'bot', '1')
    await rpc.addTransportFromQr(id, invite)
    return id
  }
  const chat = async (from: number, to: number, text: string) => {
    const arrived = new Promise<number>((resolve) => {
      core.getContextEvents(to).on('IncomingMsg', ({ msgId }) => resolve(msgId))
    })
    const [contact = 0] = await rpc.importVcardContents(from, await rpc.makeVcard(to, [self]))
    await rpc.miscSendTextMessage(from, await rpc.createChatByContactId(from, contact), text)
    return (await rpc.getMessage(to, await arrived)).text
  }
  return {
    account: (invite) => Promise.race([account(invite), failed]),
    chat: (from, to, text) => Promise.race([chat(from, to, text), failed]),
    async close() {
      child.stdin.end()
      await exited
    },
  }
}
