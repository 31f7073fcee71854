// One mail transaction after another: MAIL, RCPT, DATA and BDAT (RFC 5321 3.3, RFC 3030). Used by the session.
import { parsePath } from './command.ts'
import { type Envelope, newEnvelope, noRoomReply, type Peer, type Reply } from './connection.ts'
import { judgeMailParameters, judgeRcptParameters } from './policy.ts'
import type { SmtpReader } from './reader.ts'
import type { SmtpRole } from './role.ts'

/** What a transaction needs of its session. */
export interface Conversation {
  readonly role: SmtpRole
  readonly reader: SmtpReader
  peer(): Peer
  /** Sends a line at once. */
  prompt(line: string): void
  /** A fault took the place of the answer. */
  struck(stage: string): Promise<boolean>
  /** The delay before the reply to this, where there is one. */
  pause(before: string): Promise<void>
  /** The session ends after the reply. */
  end(): void
}

export class MailTransaction {
  readonly #with: Conversation
  #envelope: Envelope | undefined
  #chunks: Buffer[] = []
  #messages = 0
  #taken = false
  /** A refusal has left this session unable to take mail. */
  #spoiled = false

  constructor(conversation: Conversation) {
    this.#with = conversation
  }

  get open(): boolean {
    return this.#envelope !== undefined
  }

  reset(): void {
    this.#envelope = undefined
    this.#chunks = []
  }

  mail(argument: string): Reply {
    const { role, reader } = this.#with
    const rules = role.rules()
    const { limits } = role.services.behaviour()
    if (this.#spoiled) return '451 4.3.0 Error: queue file write error'
    if (role.services.storage?.trouble !== undefined) return noRoomReply
    if (rules.refusesPipelined && reader.hasLine) return '503 5.5.0 Error: improper use of SMTP command pipelining'
    const carriesOver = rules.rsetKeepsEnvelope || rules.keepsRecipients
    if (this.open && !carriesOver) return '503 5.5.1 Error: nested MAIL command'
    const given = parsePath(argument, 'FROM')
    const repaired = given === 'address' && rules.repairsMalformedSender
    const path = repaired ? { address: this.#with.peer().user?.address ?? '', parameters: new Map() } : given
    if (path === 'syntax') return '501 5.5.4 Syntax: MAIL FROM:<address>'
    if (path === 'address') return '501 5.1.7 Bad sender address syntax'
    const parameters = judgeMailParameters(path, rules, limits)
    if (parameters !== undefined) return parameters
    if (limits.messagesPerSession > 0 && this.#messages >= limits.messagesPerSession) {
      return this.#goodbye('421 4.7.0 Too many messages in this session')
    }
    const envelope = newEnvelope(path.address)
    if (carriesOver) envelope.recipients.push(...(this.#envelope?.recipients ?? []))
    if (rules.policyAt === 'mail') {
      const refusal = role.judgeSender(envelope, this.#with.peer())
      if (refusal !== undefined) return this.#refuseSender(refusal)
    }
    this.#envelope = envelope
    return rules.mailOk
  }

  async rcpt(argument: string): Promise<Reply> {
    const { role, peer } = this.#with
    const rules = role.rules()
    const { limits } = role.services.behaviour()
    const envelope = this.#envelope
    if (envelope === undefined) return '503 5.5.1 Error: need MAIL command'
    const path = parsePath(argument, 'TO')
    if (path === 'syntax') return '501 5.5.4 Syntax: RCPT TO:<address>'
    if (path === 'address') return '501 5.1.3 Bad recipient address syntax'
    const ofSender = role.judgeSender(envelope, peer())
    const refusal =
      ofSender ??
      judgeRcptParameters(path, envelope, rules, limits) ??
      (await role.judgeRecipient(path, envelope, peer()))
    if (refusal === undefined) {
      envelope.recipients.push(path.address)
      return rules.rcptOk
    }
    envelope.refused = true
    if (envelope.rate === 'refused' && limits.rateClosesSession) this.#with.end()
    return ofSender === undefined ? refusal : this.#refuseSender(refusal)
  }

  async data(argument: string): Promise<Reply> {
    const { role, reader, prompt } = this.#with
    const rules = role.rules()
    const { limits } = role.services.behaviour()
    if (argument !== '') return '501 5.5.4 Syntax: DATA'
    const refusal = this.#withoutRecipients()
    if (refusal !== undefined) return refusal
    prompt(rules.dataPrompt)
    // What comes now would be taken for commands.
    if (await this.#with.struck('body')) return this.#goodbye([])
    const body = await reader.message(limits.messageBytes, rules.bareLfEndsData)
    if (body.kind === 'body') return this.#finish(body.bytes, true)
    return body.kind === 'end' ? this.#goodbye([]) : this.#goodbye('421 4.3.0 Error: message far too big')
  }

  async bdat(argument: string): Promise<Reply> {
    const { role, reader } = this.#with
    const rules = role.rules()
    const { limits } = role.services.behaviour()
    if (!rules.keywords.includes('CHUNKING')) return '500 5.5.2 Error: command not recognized'
    const match = /^(\d{1,12})(\s+LAST)?$/i.exec(argument)
    if (match === null) return '501 5.5.4 Syntax: BDAT count [LAST]'
    const count = Number(match[1])
    if (count > limits.messageBytes * 3) return this.#goodbye('421 4.3.0 Error: message far too big')
    // The bytes follow whatever we think of the command: they must be read before the answer.
    const body = await reader.exactly(count, limits.messageBytes)
    if (body.kind !== 'body') return this.#goodbye([])
    const refusal = this.#withoutRecipients()
    if (refusal !== undefined) return refusal
    const size = this.#chunks.reduce((sum, chunk) => sum + chunk.length, count)
    if (body.bytes === null || size > limits.messageBytes) return this.#finish(null, false)
    if (rules.chunks === 'last-only') this.#chunks = []
    this.#chunks.push(body.bytes)
    return match[2] === undefined ? `250 2.0.0 Ok: ${count} bytes` : this.#finish(Buffer.concat(this.#chunks), false)
  }

  #withoutRecipients(): string | undefined {
    if (this.#envelope === undefined) return '503 5.5.1 Error: need MAIL command'
    if (this.#envelope.recipients.length > 0) return undefined
    return this.#envelope.refused ? '554 5.5.1 Error: no valid recipients' : '503 5.5.1 Error: need RCPT command'
  }

  async #finish(bytes: Buffer | null, stuffed: boolean): Promise<Reply> {
    const { role } = this.#with
    const rules = role.rules()
    const envelope = this.#envelope
    if (envelope === undefined) return '503 5.5.1 Error: need MAIL command'
    const struck = await this.#with.struck('message')
    this.reset()
    if (struck) return []
    this.#messages += 1
    if (rules.keepsRecipients) {
      this.#envelope = newEnvelope(envelope.sender)
      this.#envelope.recipients.push(...envelope.recipients)
    }
    if (this.#messages === rules.closesAfterMessages) this.#with.end()
    if (role.services.storage?.trouble !== undefined) return noRoomReply
    await this.#with.pause('.')
    const outcome = await role.take({ bytes, stuffed, behindTaken: this.#taken, envelope, peer: this.#with.peer() })
    if (outcome.refusal === undefined) this.#taken = true
    if (outcome.refusal === undefined || rules.refusesSilently) {
      return [...rules.takenLines.map((line) => `250 ${line}`), rules.taken]
    }
    this.#spoiled = rules.afterRefusal === 'refuses-all'
    if (rules.afterRefusal === 'closes') this.#with.end()
    return rules.refusesMessagesBy === 'closing' ? this.#goodbye([]) : outcome.refusal
  }

  #refuseSender(reply: string): Reply {
    return this.#with.role.rules().refusesSendersBy === 'closing' ? this.#goodbye([]) : reply
  }

  #goodbye(reply: Reply): Reply {
    this.#with.end()
    return reply
  }
}
