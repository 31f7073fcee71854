// One submission session: greeting, commands in order, replies, STARTTLS. Made by the listener for each connection.
import type { Socket } from 'node:net'
import { type SecureContext, TLSSocket } from 'node:tls'
import type { User } from '../accounts.ts'
import type { FaultPoint } from '../faults.ts'
import { authenticate } from './authenticate.ts'
import { type Command, parseCommand } from './command.ts'
import { fill, type Peer, type Reply, type SubmissionServices } from './connection.ts'
import { announce } from './ehlo.ts'
import { SmtpReader } from './reader.ts'
import { MailTransaction } from './transaction.ts'

export interface SessionOptions {
  readonly services: SubmissionServices
  readonly secureContext: SecureContext
  readonly secure: boolean
}

const faultPoints = ['ehlo', 'helo', 'starttls', 'auth', 'mail', 'rcpt', 'data', 'rset', 'noop', 'quit']

export class SubmissionSession {
  readonly #services: SubmissionServices
  readonly #options: SessionOptions
  readonly #reader = new SmtpReader()
  readonly #transaction: MailTransaction
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
    this.#services = options.services
    this.#secure = options.secure
    this.#transaction = new MailTransaction({
      services: options.services,
      reader: this.#reader,
      peer: () => this.#peer,
      prompt: (line) => {
        this.#say([line])
        this.#flush()
      },
      struck: (stage) => this.#struck(stage),
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
      this.#services.journal.add('submission', `session broke off: ${error instanceof Error ? error.message : error}`)
      this.#socket.destroy()
    }
  }

  async #converse(): Promise<void> {
    const { submission } = this.#services.behaviour()
    if (await this.#struck('connect')) return
    if (await this.#struck('greeting')) return
    const domain = this.#domain
    this.#say([...submission.greetingLines, submission.greeting].map((line) => `220 ${fill(line, { domain })}`))
    while (!this.#closed) {
      const { limits, submission: now } = this.#services.behaviour()
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
      this.#answer(await this.#execute(command))
      if (now.losesPipelined && command.verb !== 'DATA') this.#reader.clear()
    }
    this.#flush()
    this.#socket.end()
  }

  async #execute({ verb, argument }: Command): Promise<Reply> {
    const { submission, privacy } = this.#services.behaviour()
    if (!this.#secure && submission.requiresTls && !this.#allowedInClear(verb)) {
      return '530 5.7.0 Must issue a STARTTLS command first'
    }
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
        if (!submission.rsetKeepsEnvelope) this.#transaction.reset()
        return submission.commandOk
      case 'NOOP':
        return submission.commandOk
      case 'VRFY':
        if (privacy.vrfyTells && this.#services.accounts.find(argument) === undefined) {
          return `550 5.1.1 <${argument}>: Recipient address rejected: User unknown`
        }
        return submission.vrfy === null ? '502 5.5.1 Command not implemented' : fill(submission.vrfy, { argument })
      case 'HELP':
        return submission.help ?? '500 5.5.2 Error: command not recognized'
      case 'QUIT':
        return submission.bye
      default:
        return '500 5.5.2 Error: command not recognized'
    }
  }

  #allowedInClear(verb: string): boolean {
    const open = ['EHLO', 'HELO', 'STARTTLS', 'NOOP', 'RSET', 'QUIT']
    return open.includes(verb) || (verb === 'AUTH' && this.#services.behaviour().submission.acceptsAuthBeforeTls)
  }

  #hello(verb: 'EHLO' | 'HELO', name: string): Reply {
    if (name === '') return `501 Syntax: ${verb} hostname`
    if (verb === 'HELO' && !this.#services.behaviour().submission.acceptsHelo) return '502 5.5.1 Use EHLO'
    this.#heloName = name
    this.#transaction.reset()
    if (verb === 'HELO') return `250 ${this.#domain}`
    return announce(this.#services.behaviour(), { domain: this.#domain, secure: this.#secure }).map(
      (line) => `250 ${line}`,
    )
  }

  #startTls(argument: string): Reply {
    const { submission } = this.#services.behaviour()
    if (argument !== '') return '501 5.5.4 Syntax: STARTTLS'
    if (this.#secure) return '554 5.5.1 Error: TLS already active'
    if (!submission.offersStartTls) return '500 5.5.2 Error: command not recognized'
    this.#say(['220 2.0.0 Ready to start TLS'])
    if (submission.closesAtStartTls) return this.#hangUp()
    // What came in the same write as STARTTLS was sent in clear by anybody: it must not count inside TLS.
    this.#reader.detach(submission.carriesPlaintextOver)
    this.#flush()
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
    const { submission } = this.#services.behaviour()
    if (this.#user !== undefined) return '503 5.5.1 Error: already authenticated'
    if (this.#transaction.open) return '503 5.5.1 Error: MAIL transaction in progress'
    const outcome = await authenticate(argument, this.#services, async (challenge) => {
      this.#say([`334 ${challenge}`])
      this.#flush()
      const line = await this.#reader.line(12_288)
      return line.kind === 'line' ? line.text : undefined
    })
    this.#user = outcome.user
    if (outcome.closes === true) this.#closed = true
    return outcome.user === undefined && submission.refusesLoginsBy === 'closing' ? this.#hangUp() : outcome.reply
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
    const fault = this.#services.faults.take(`smtp:${stage}` as FaultPoint)
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
    const enhanced = this.#services.behaviour().submission.keywords.includes('ENHANCEDSTATUSCODES')
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
    this.#socket.write(text)
  }
}
