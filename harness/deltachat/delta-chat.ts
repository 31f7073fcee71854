// What a check does with Delta Chat: devices on hosts, contacts, messages. One for each try of a check, on the core of the run.
import { randomBytes } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { T } from '@deltachat/jsonrpc-client'
import type { Host } from '../host/host.ts'
import type { Core } from './core.ts'
import { CoreRefusal } from './core-error.ts'
import { type Device, watchDevice } from './device.ts'
import { fullLoginCode, routesTo } from './login-code.ts'
import { openLinks } from './socks.ts'

export interface Credentials {
  readonly address: string
  readonly password: string
}

export interface DeltaChat extends AsyncDisposable {
  /** Of the core, for the record. */
  readonly version: string
  /** An account that nobody uses yet: it has its way to the host, but no name. */
  blank(host?: Host): Promise<Device>
  /** A device that has logged in with a full `dclogin:` code and is online. Throws CoreRefusal. */
  device(account: Credentials, host?: Host): Promise<Device>
  /** Gives a device, blank so far, what a QR code says, and waits until it is online. Throws CoreRefusal. */
  configure(device: Device, code: string): Promise<void>
  /** Both know each other's keys without a single mail; the chats, one of each. */
  introduce(a: Device, b: Device): Promise<readonly [number, number]>
  /** A group with these members, who know the owner; the owner's chat. */
  group(owner: Device, name: string, members: readonly Device[]): Promise<number>
  /** A file of random octets, which do not compress; its path. */
  randomFile(octets: number): Promise<{ path: string; content: Buffer }>
  /** A path for a file that the core writes. */
  newPath(name: string): string
}

export interface DeltaChatOptions {
  readonly core: Core
  readonly host: Host
  readonly signal: AbortSignal
  /** Evidence: what the core was told to do, and its warnings. Redacted by the one who keeps it. */
  readonly note: (text: string) => void
  readonly hide: (secret: string) => void
  /** Hears of each connection to a host, and refuses it by throwing. */
  readonly onLink: (host: Host) => void
  /** Hears of each message that a host took. */
  readonly onSent: (host: Host) => void
}

/** For cleaning up after a check that was told to stop. */
const farewellMs = 5_000

export function createDeltaChat({ core, host: own, signal, note, hide, onLink, onSent }: DeltaChatOptions): DeltaChat {
  const rpc = core.rpc(signal)
  const devices: Device[] = []
  const files: string[] = []
  let named = 0
  const newPath = (name: string) => {
    const path = join(core.folder, `${randomBytes(6).toString('hex')}-${name}`)
    files.push(path)
    return path
  }

  const blank = async (host: Host = own): Promise<Device> => {
    const links = await openLinks(routesTo(host), () => onLink(host))
    let id: number
    try {
      id = await rpc.addAccount()
    } catch (error) {
      await links[Symbol.asyncDispose]()
      throw error
    }
    const name = `device ${++named}`
    const { device, quit } = watchDevice({
      core,
      id,
      links,
      signal,
      patience: host.timing.arrival,
      onTrouble: (text) => note(`${name}: ${text}`),
    })
    const forget = core.listen(id, ({ kind }) => {
      if (kind === 'SmtpMessageSent') onSent(host)
    })
    const full: Device = {
      ...device,
      address: '',
      async [Symbol.asyncDispose]() {
        quit()
        forget()
        await core.rpc(AbortSignal.timeout(farewellMs)).removeAccount(id)
        await links[Symbol.asyncDispose]()
      },
    }
    devices.push(full)
    // A bot is not held back to a message a second, which would show as a slow server; receipts are then off by default.
    await rpc.batchSetConfig(id, { bot: '1', mdns_enabled: '1', proxy_url: links.url, proxy_enabled: '1' })
    return full
  }

  const configure = async (device: Device, code: string) => {
    const password = /[?&]p=([^&]*)/.exec(code)?.[1]
    if (password !== undefined) hide(decodeURIComponent(password))
    note(`logs in with ${code.replace(/([?&]p=)[^&]*/, '$1***')}`)
    await rpc.addTransportFromQr(device.id, code)
    const { addr, mail_pw } = await rpc.batchGetConfig(device.id, ['addr', 'mail_pw'])
    if (mail_pw) hide(mail_pw)
    ;(device as { address: string }).address = addr ?? ''
    if ((await device.event('ImapInboxIdle', { within: own.timing.connect + own.timing.reply })) === undefined)
      throw new CoreRefusal('startIo', 'Delta Chat logged in, but its inbox never came to rest in IDLE')
  }

  /** One device learns of another, its key with it. */
  const contact = async (at: Device, about: Device): Promise<number> => {
    const card = await rpc.makeVcard(about.id, [1])
    const [id] = await rpc.importVcardContents(at.id, card)
    if (id === undefined) throw new CoreRefusal('importVcardContents', 'no contact came of the card')
    return id
  }

  return {
    version: core.version,
    blank,
    configure,
    async device(account, host = own) {
      const device = await blank(host)
      await configure(device, fullLoginCode(host, account))
      return device
    },
    async introduce(a, b) {
      const chat = async (at: Device, about: Device) => rpc.createChatByContactId(at.id, await contact(at, about))
      return [await chat(a, b), await chat(b, a)]
    },
    async group(owner, name, members) {
      const group = await rpc.createGroupChat(owner.id, name, false)
      for (const member of members) {
        await contact(member, owner)
        await rpc.addContactToChat(owner.id, group, await contact(owner, member))
      }
      return group
    },
    async randomFile(octets) {
      const path = newPath('file.bin')
      const content = randomBytes(octets)
      await writeFile(path, content)
      return { path, content }
    },
    newPath,
    async [Symbol.asyncDispose]() {
      await Promise.allSettled(devices.map((device) => device[Symbol.asyncDispose]()))
      await Promise.allSettled(files.map((path) => rm(path, { recursive: true, force: true })))
    },
  }
}

/** What `sendMsg` takes, with everything else left out. */
export function draft(content: {
  text?: string
  file?: string
  filename?: string
  viewtype?: T.Viewtype
}): T.MessageData {
  return {
    text: null,
    html: null,
    viewtype: null,
    file: null,
    filename: null,
    location: null,
    overrideSenderName: null,
    quotedMessageId: null,
    quotedText: null,
    ...content,
  }
}
