// One SMTP session: greeting, commands in order, replies, STARTTLS. Made by the listener for each connection.
import type { Socket } from 'node:net'
import { type SecureContext, TLSSocket } from 'node:tls'
import type { User } from '../accounts.ts'
import type { FaultPoint } from '../faults.ts'
import { PromisedOutput } from '../storage/promised-output.ts'
import { type Command, parseCommand } from './command.ts'
import { fill, type Peer, type Reply, type SmtpServices } from './connection.ts'
import { announce } from './ehlo.ts'
import { SmtpReader } from './reader.ts'
import type { SmtpRole } from './role.ts'
import { MailTransaction } from './transaction.ts'

export interface SessionOptions {
  readonly role: SmtpRole
  readonly secureContext: SecureContext
  readonly secure: boolean
}

const faultPoints = ['ehlo', 'helo', 'starttls', 'auth', 'mail', 'rcpt', 'data', 'rset', 'noop', 'quit']

export class SmtpSession {
  readonly #services: SmtpServices
  readonly #options: SessionOptions
  readonly #reader = new SmtpReader()
  readonly #transaction: MailTransaction
  readonly #output: PromisedOutput
  #socket: Socket
  #secure: boolean
  #closed = false
  #pending = ''
  #errors = 0
  #heloName = ''
  #user: User | undefined

  constructor(socket: Socket, options: SessionOptions) {
    this.#socket = socket
    this.#options = options
    this.#services = options.role.services
    this.#secure = options.secure
    this.#output = new PromisedOutput(options.role.services.storage, () => {
      this.#closed = true
      this.#socket.end(`421 4.3.0 ${this.#domain} Error: cannot keep anything at the moment\r\n`)
    })
    this.#transaction = new MailTransaction({
      role: options.role,
      reader: this.#reader,
      peer: () => this.#peer,
      prompt: (line) => {
        this.#say([line])
        this.#flush()
      },
      struck: (stage) => this.#struck(stage),
      pause: (before) => this.#pause(before),
      end: () => {
        this.#closed = true
      },
    })
    this.#use(socket)
  }

  close(): void {
    this.#closed = true
    this.#socket.destroy()
  }

  /** Runs until either side ends it; never rejects. */
  async run(): Promise<void> {
    try {
      await this.#converse()
    } catch (error) {
      this.#services.journal.add(
        this.#options.role.area,
        `session broke off: ${error instanceof Error ? error.message : error}`,
      )
      this.#socket.destroy()
    }
  }

  async #converse(): Promise<void> {
    const rules = this.#rules
    if ((await this.#struck('connect')) || (await this.#struck('greeting'))) {
      this.#flush()
      this.#socket.end()
      return
    }
    if (rules.greetingDelayMs > 0) await this.#services.clock.sleep(rules.greetingDelayMs)
    const domain = this.#domain
    this.#say([...rules.greetingLines, rules.greeting].map((line) => `220 ${fill(line, { domain })}`))
    while (!this.#closed) {
      const { limits } = this.#services.behaviour()
      if (!this.#reader.hasLine) this.#flush()
      const line = await this.#reader.line(limits.lineBytes)
      if (line.kind === 'end') break
      if (limits.replyDelayMs > 0) await this.#services.clock.sleep(limits.replyDelayMs)
      if (line.kind !== 'line') {
        this.#answer('500 5.5.2 Error: line too long')
        continue
      }
      const command = parseCommand(line.text)
      const point = command.verb === 'HELO' ? 'ehlo' : command.verb.toLowerCase()
      if (faultPoints.includes(point) && (await this.#struck(point))) continue
      await this.#pause(command.verb)
      this.#answer(await this.#execute(command))
      if (this.#rules.losesPipelined && command.verb !== 'DATA') this.#reader.clear()
    }
    this.#flush()
    if (this.#output.held !== undefined) await this.#output.held
    this.#socket.end()
  }

  async #execute({ verb, argument }: Command): Promise<Reply> {
    const rules = this.#rules
    if (this.#user?.store.closed) return '421 4.7.0 Error: the account is gone'
    if (!this.#secure && rules.requiresTls && !this.#allowedInClear(verb)) {
      return '530 5.7.0 Must issue a STARTTLS command first'
    }
    const extra = this.#options.role.extra(verb, argument)
    if (extra !== undefined) return extra
    switch (verb) {
      case 'EHLO':
      case 'HELO':
        return this.#hello(verb, argument)
      case 'STARTTLS':
        return this.#startTls(argument)
      case 'AUTH':
        return this.#authenticate(argument)
      case 'MAIL':
        return this.#transaction.mail(argument)
      case 'RCPT':
        return this.#transaction.rcpt(argument)
      case 'DATA':
        return this.#transaction.data(argument)
      case 'BDAT':
        return this.#transaction.bdat(argument)
      case 'RSET':
        if (!rules.rsetKeepsEnvelope) this.#transaction.reset()
        return rules.commandOk
      case 'NOOP':
        return rules.commandOk
      case 'VRFY':
        return rules.vrfy === null ? '502 5.5.1 Command not implemented' : fill(rules.vrfy, { argument })
      case 'HELP':
        return rules.help ?? rules.unknownCommand
      case 'QUIT':
        return rules.bye
      default:
        return rules.unknownCommand
    }
  }

  #allowedInClear(verb: string): boolean {
    const open = ['EHLO', 'HELO', 'STARTTLS', 'NOOP', 'RSET', 'QUIT']
    return open.includes(verb) || (verb === 'AUTH' && this.#rules.acceptsAuthBeforeTls)
  }

  #hello(verb: 'EHLO' | 'HELO', name: string): Reply {
    if (name === '') return `501 Syntax: ${verb} hostname`
    if (verb === 'HELO' && !this.#rules.acceptsHelo) return '502 5.5.1 Use EHLO'
    if (this.#heloName !== '' && !this.#rules.acceptsSecondEhlo) return '503 5.5.1 Invalid command: Already identified'
    this.#heloName = name
    this.#transaction.reset()
    if (verb === 'HELO') return `250 ${this.#domain}`
    return announce(this.#rules, this.#services.behaviour().limits, {
      domain: this.#domain,
      secure: this.#secure,
    }).map((line) => `250 ${line}`)
  }

  async #startTls(argument: string): Promise<Reply> {
    const rules = this.#rules
    if (argument !== '') return '501 5.5.4 Syntax: STARTTLS'
    if (this.#secure) return '554 5.5.1 Error: TLS already active'
    if (!rules.offersStartTls) return '500 5.5.2 Error: command not recognized'
    this.#say(['220 2.0.0 Ready to start TLS'])
    if (rules.closesAtStartTls) return this.#hangUp()
    // What came in the same write as STARTTLS was sent in clear by anybody: it must not count inside TLS.
    this.#reader.detach(rules.carriesPlaintextOver)
    this.#flush()
    if (this.#output.held !== undefined) await this.#output.held
    this.#socket.setTimeout(0)
    const secured = new TLSSocket(this.#socket, { isServer: true, secureContext: this.#options.secureContext })
    if (this.#services.behaviour().tls.requiresServerName) {
      secured.once('secure', () => {
        if (!secured.servername) secured.destroy()
      })
    }
    this.#secure = true
    this.#heloName = ''
    this.#transaction.reset()
    this.#socket = secured
    this.#use(secured)
    return []
  }

  async #authenticate(argument: string): Promise<Reply> {
    if (this.#user !== undefined) return '503 5.5.1 Error: already authenticated'
    if (this.#transaction.open) return '503 5.5.1 Error: MAIL transaction in progress'
    const outcome = await this.#options.role.authenticate(argument, async (challenge) => {
      this.#say([`334 ${challenge}`])
      this.#flush()
      const line = await this.#reader.line(12_288)
      return line.kind === 'line' ? line.text : undefined
    })
    this.#user = outcome.user
    if (outcome.closes === true) this.#closed = true
    return outcome.user === undefined && this.#rules.refusesLoginsBy === 'closing' ? this.#hangUp() : outcome.reply
  }

  get #rules() {
    return this.#options.role.rules()
  }

  async #pause(before: string): Promise<void> {
    const ms = this.#rules.replyDelaysMs[before] ?? 0
    if (ms <= 0) return
    this.#flush()
    await this.#services.clock.sleep(ms)
  }

  /** Ends the session without a reply. */
  #hangUp(): Reply {
    this.#closed = true
    return []
  }

  get #peer(): Peer {
    return {
      address: this.#socket.remoteAddress ?? '127.0.0.1',
      secure: this.#secure,
      upgraded: this.#secure && !this.#options.secure,
      heloName: this.#heloName,
      user: this.#user,
    }
  }

  get #domain(): string {
    return this.#services.domains[0] ?? 'chat.test'
  }

  #use(socket: Socket): void {
    socket.setTimeout(this.#services.behaviour().limits.idleMs, () => {
      this.#say([`421 4.4.2 ${this.#domain} Error: timeout exceeded`])
      this.#flush()
      this.close()
    })
    const broken = () => socket.destroy()
    socket.on('error', broken)
    // A TLSSocket made by hand reports a failed handshake only here.
    socket.on('_tlsError', broken)
    this.#reader.attach(socket)
  }

  /** A fault due at this stage, if any, strikes; true when it took the place of the ordinary answer. */
  async #struck(stage: string): Promise<boolean> {
    const fault = this.#services.faults.take(`${this.#options.role.faults}:${stage}` as FaultPoint)
    if (fault === undefined) return false
    if (fault.kind === 'slow') {
      this.#flush()
      await this.#services.clock.sleep(fault.ms ?? 1_000)
      return false
    }
    if (fault.kind === 'drop') this.close()
    else this.#answer(fault.text ?? '451 4.3.0 Temporary trouble, as ordered')
    return true
  }

  #answer(reply: Reply): void {
    const lines = typeof reply === 'string' ? [reply] : reply
    const code = Number(lines.at(-1)?.slice(0, 3))
    const { limits } = this.#services.behaviour()
    // Bad commands count, refusals of mail do not (Postfix: smtpd_hard_error_limit).
    if ([500, 501, 502, 503, 555].includes(code)) this.#errors += 1
    if (this.#errors > limits.errors) {
      this.#closed = true
      this.#say([`421 4.7.0 ${this.#domain} Error: too many errors`])
      return
    }
    this.#say(lines)
    if (code === 221 || code === 421) this.#closed = true
  }

  #say(lines: readonly string[]): void {
    const enhanced = this.#rules.keywords.includes('ENHANCEDSTATUSCODES')
    for (const [at, line] of lines.entries()) {
      const code = line.slice(0, 3)
      let text = line.slice(4).replace(/[^\x20-\x7e\x80-\uffff]/g, '?')
      if (!enhanced) text = text.replace(/^[245]\.\d{1,3}\.\d{1,3} /, '')
      this.#pending += `${code}${at < lines.length - 1 ? '-' : ' '}${text}\r\n`
    }
  }

  #flush(): void {
    if (this.#pending === '' || this.#socket.destroyed) return
    const text = this.#pending
    this.#pending = ''
    const socket = this.#socket
    this.#output.send(() => {
      if (!socket.destroyed) socket.write(text)
    })
  }
}
