// Tells people in a Delta Chat chat what a watch noticed, from an account on another relay than those that are watched: a relay
// that is down cannot say so itself. The account and its keys stay in the folder of the watch. Used by the watch.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CoreBinary } from '../../harness/deltachat/binary.ts'
import { type Core, startCore } from '../../harness/deltachat/core.ts'
import { type Device, watchDevice } from '../../harness/deltachat/device.ts'
import { fullLoginCode, routesTo } from '../../harness/deltachat/login-code.ts'
import { openLinks } from '../../harness/deltachat/socks.ts'
import {
  localpartLength,
  localpartLetters,
  passwordLength,
  passwordLetters,
  randomText,
} from '../../harness/host/credentials.ts'
import type { Host } from '../../harness/host/host.ts'
import { writeText } from '../write-text.ts'

export interface ChatOptions {
  readonly binary: CoreBinary
  /** Kept between runs. */
  readonly folder: string
  /** What the app shows as an invitation: a link or the text of its QR code. */
  readonly invite: string
  /** The relay to write from, as it is now. Throws when it cannot be reached. */
  readonly via: () => Promise<Host>
  readonly signal: AbortSignal
}

export interface Chat extends AsyncDisposable {
  /** Resolves when the relay has taken the message; throws otherwise. */
  tell(text: string): Promise<void>
}

/** Milliseconds: the device of whoever invited us must be online once for it. */
const joiningMs = 120_000
const sendingMs = 60_000

/** The chat of an invitation, by the core's numbers. */
interface Known {
  readonly account: number
  readonly chat: number
  readonly invite: string
}

export async function openChat(options: ChatOptions): Promise<Chat> {
  const { binary, folder, signal } = options
  const core = await startCore(binary, folder)
  let host: Host | undefined
  const links = await openLinks((name, port) => (host === undefined ? undefined : routesTo(host)(name, port)))
  const stop = async () => {
    await links[Symbol.asyncDispose]()
    await core[Symbol.asyncDispose]()
  }
  const patient = { within: joiningMs }
  return {
    async tell(text) {
      host = await options.via()
      const account = await accountOf(core, signal)
      const { device, quit } = watchDevice({
        core,
        id: account,
        links,
        signal,
        patience: sendingMs,
        onTrouble: () => {},
      })
      const { rpc } = device
      try {
        await rpc.batchSetConfig(account, { proxy_url: links.url, proxy_enabled: '1', displayname: 'chatmail-check' })
        if (!(await rpc.isConfigured(account)))
          await rpc.addTransportFromQr(account, fullLoginCode(host, newName(host)))
        else await rpc.startIo(account)
        const chat = await joined(device, options, patient)
        const from = device.seen.length
        const message = await rpc.miscSendTextMessage(account, chat, text)
        const sent = await device.event('MsgDelivered', { fits: ({ msgId }) => msgId === message, from })
        if (sent === undefined) throw new Error(`${host.label} did not take the message within ${sendingMs / 1_000} s`)
      } finally {
        quit()
        if (core.alive)
          await core
            .rpc(AbortSignal.timeout(2_000))
            .stopIo(account)
            .catch(() => undefined)
      }
    },
    [Symbol.asyncDispose]: stop,
  }
}

async function accountOf(core: Core, signal: AbortSignal): Promise<number> {
  const rpc = core.rpc(signal)
  const [known] = await rpc.getAllAccountIds()
  return known ?? (await rpc.addAccount())
}

function newName({ policy, domain }: Host) {
  return {
    address: `${randomText(localpartLetters, localpartLength(policy))}@${domain}`,
    password: randomText(passwordLetters, passwordLength(policy)),
  }
}

/** The invitation is accepted once; later runs go on in the same chat. */
async function joined(
  device: Omit<Device, 'address' | typeof Symbol.asyncDispose>,
  { folder, invite }: ChatOptions,
  { within }: { readonly within: number },
): Promise<number> {
  const file = join(folder, 'chat.json')
  const known = await readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as Known,
    () => undefined,
  )
  if (known?.account === device.id && known.invite === invite) return known.chat
  const from = device.seen.length
  const chat = await device.rpc.secureJoin(device.id, invite)
  const done = await device.event('SecurejoinJoinerProgress', {
    fits: ({ progress }) => progress === 1000,
    within,
    from,
  })
  if (done === undefined) throw new Error(`nobody answered the invitation within ${within / 1_000} s`)
  const record: Known = { account: device.id, chat, invite }
  await writeText(file, `${JSON.stringify(record)}\n`, folder, 'chat')
  return chat
}
