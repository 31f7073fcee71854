// What a replayed relay keeps between sessions: accounts as the recorded one made them, and the mail that it took.

export interface Kept {
  readonly uid: number
  readonly bytes: Buffer
  deleted: boolean
}

interface ReplayAccount {
  readonly password: string
  readonly messages: Kept[]
  readonly tokens: string[]
  nextUid: number
  /** Called when something changed. */
  readonly listeners: Set<() => void>
}

export class ReplayStore {
  readonly domain: string
  readonly #accounts = new Map<string, ReplayAccount>()

  constructor(domain: string) {
    this.domain = domain
  }

  find(address: string): ReplayAccount | undefined {
    return this.#accounts.get(address.toLowerCase())
  }

  /** A name of nine, at this domain, with a password of nine or more was made an account at its first login. */
  login(user: string, password: string): string | undefined {
    const address = user.toLowerCase()
    const known = this.#accounts.get(address)
    if (known !== undefined) return known.password === password ? address : undefined
    const [localpart = '', domain] = address.split('@')
    if (domain !== this.domain || !/^[a-z0-9.-]{9}$/.test(localpart) || password.length < 9) return undefined
    this.#accounts.set(address, { password, messages: [], tokens: [], nextUid: 1, listeners: new Set() })
    return address
  }

  /** As the delivered messages looked: two fields before them, the subject replaced, some fields gone. */
  deliver(message: string, sender: string, recipients: readonly string[]): void {
    const end = message.indexOf('\r\n\r\n') + 2
    const head = message
      .slice(0, end)
      .replace(/^(?:Received|User-Agent|X-Mailer|X-Originating-IP|DKIM-Signature):.*\r\n(?:[ \t].*\r\n)*/gim, '')
      .replace(/^Subject:.*\r\n(?:[ \t].*\r\n)*/im, 'Subject: [...]\r\n')
    for (const recipient of new Set(recipients.map((one) => one.toLowerCase().replace(/\+[^@]*(?=@)/, '')))) {
      const account = this.#accounts.get(recipient)
      if (account === undefined) continue
      const text = `Return-Path: <${sender}>\r\nDelivered-To: ${recipient}\r\n${head}${message.slice(end)}`
      account.messages.push({ uid: account.nextUid++, bytes: Buffer.from(text, 'latin1'), deleted: false })
      for (const tell of account.listeners) tell()
    }
  }
}
