// One IMAP conversation: reads commands, decides whether they are allowed, runs them, tells changes, answers.
import type { ImapBehaviour } from '../behaviour/imap.ts'
import type { FaultPoint } from '../faults.ts'
import type { Mailbox } from '../mailbox/mailbox.ts'
import type { MailboxChange } from '../mailbox/message.ts'
import { admitLiteral, noRoom } from './admit-literal.ts'
import { capabilityList } from './capabilities.ts'
import { type Command, type CommandRead, readCommand } from './command-reader.ts'
import { findCommand } from './commands/table.ts'
import type { ImapConnection } from './connection.ts'
import { writeNews } from './news.ts'
import type { ImapOptions, ImapUser } from './options.ts'
import { bad, no, type Outcome, ok } from './outcome.ts'
import type { Part } from './quoting.ts'
import { isNewest, type Registry, watch } from './registry.ts'
import { SyntaxTrouble, type Token, tokenize } from './tokens.ts'
import { View } from './view.ts'

/** Commands that need room; what frees some must go on working. */
const growing = new Set(['APPEND', 'COPY', 'UID COPY', 'MOVE', 'UID MOVE', 'CREATE', 'SETMETADATA'])

export class Session {
  readonly connection: ImapConnection
  readonly options: ImapOptions
  readonly registry: Registry
  user: ImapUser | undefined
  view: View | undefined
  /** TLS is on. */
  secured: boolean
  /** RFC 7162 3.1: the client showed that it knows mod-sequences. */
  condstore = false
  failedLogins = 0
  /** Real UIDNEXT by mailbox, as far as this session was told; filled at login and by each SELECT and notice. */
  readonly announced = new Map<Mailbox, number>()
  readonly atLogin = new Map<Mailbox, number>()
  /** Added to UIDVALIDITY where a broken server gives each session another. */
  validityShift = 0
  /** Device tokens set in this session. */
  readonly ownTokens = new Set<string>()
  /** Set while IDLE runs: called after each change. */
  onNews: (() => void) | undefined
  /** The server has forgotten this session: it hears of nothing until the next SELECT. */
  forgotten = false
  readonly #usedTags = new Set<string>()
  #unwatch: (() => void) | undefined
  #badInARow = 0

  constructor(connection: ImapConnection, options: ImapOptions, registry: Registry) {
    this.connection = connection
    this.options = options
    this.registry = registry
    this.secured = options.security === 'tls'
  }

  get behaviour(): ImapBehaviour {
    return this.options.behaviour().imap
  }

  get capabilities(): readonly string[] {
    return capabilityList(this.behaviour, { loggedIn: this.user !== undefined, secured: this.secured })
  }

  /** One untagged line, or several parts of one. */
  untagged(...parts: readonly Part[]): void {
    this.connection.write('* ', ...parts, '\r\n')
  }

  bye(text: string): void {
    this.untagged(`BYE ${text}`)
    this.connection.end()
  }

  pause(ms: number): Promise<void> {
    return ms > 0 ? this.options.clock.sleep(ms) : Promise.resolve()
  }

  async run(): Promise<void> {
    if (!(await this.#greet())) return
    while (!this.connection.over) {
      const { limits } = this.behaviour
      const wait = this.user === undefined ? limits.beforeLoginMs : limits.inactiveMs
      this.connection.timeout(wait, () => this.bye('Disconnected for inactivity.'))
      const read = await readCommand({
        reader: this.connection.reader,
        lineBytes: () => this.behaviour.limits.lineBytes,
        admit: (command, literal) => admitLiteral(this, command, literal),
        continueWith: (text) => {
          this.connection.write(`${text}\r\n`)
          this.connection.flush()
        },
      })
      if (read.kind === 'command') await this.#perform(read.command)
      else this.#complain(read)
      this.connection.flush()
    }
  }

  /** Called once the connection is gone. */
  closed(): void {
    this.deselect()
    this.onNews = undefined
    if (this.user !== undefined) {
      const { logins } = this.registry
      logins.set(this.user.store, Math.max(0, (logins.get(this.user.store) ?? 1) - 1))
    }
  }

  select(mailbox: Mailbox, readOnly: boolean): View {
    this.deselect()
    const { freshness } = this.behaviour.select
    const known = freshness === 'as-at-login' ? this.atLogin : this.announced
    const below = freshness === 'current' ? undefined : known.get(mailbox)
    const view = new View({ mailbox, readOnly, behaviour: this.behaviour, below: below ?? Number.POSITIVE_INFINITY })
    this.view = view
    this.forgotten = false
    this.announced.set(mailbox, view.knownUidNext)
    const leave = watch(this.registry, mailbox, this)
    const unsubscribe = mailbox.subscribe((change, origin) => this.#hear(view, change, origin))
    this.#unwatch = () => {
      leave()
      unsubscribe()
    }
    return view
  }

  deselect(): void {
    this.#unwatch?.()
    this.#unwatch = undefined
    this.view = undefined
  }

  #hear(view: View, change: MailboxChange, origin: unknown): void {
    if (this.forgotten) return
    if (change.kind === 'gone') {
      this.bye('Mailbox has been deleted.')
      return
    }
    const own = origin === this
    // An own message that the server keeps quiet about.
    if (own && change.kind === 'appended') return
    const { updates } = this.behaviour
    // Its own flag changes are answered by the command itself.
    if (own && change.kind === 'flags') return
    if (!own && updates.sessions === 'none') return
    if (!own && updates.sessions === 'newest' && !isNewest(this.registry, view.mailbox, this)) return
    if (change.kind === 'flags' && updates.flags === 'absent') return
    view.note(change)
    this.onNews?.()
  }

  async #greet(): Promise<boolean> {
    const { greeting, wording } = this.behaviour
    if (!(await this.strikes('imap:greeting'))) return false
    await this.pause(greeting.delayMs)
    if (greeting.kind === 'silent') return true
    if (greeting.kind === 'bye') {
      this.bye('Server is too busy.')
      return false
    }
    const code = greeting.showsCapabilities ? `[CAPABILITY ${this.capabilities.join(' ')}] ` : ''
    if (greeting.kind === 'garbage') this.connection.write('220 ready\r\n')
    else this.untagged(`OK ${code}${wording.greeting}`)
    this.connection.flush()
    return true
  }

  /** Lets a scheduled fault happen; false when it ended the connection. */
  async strikes(at: FaultPoint): Promise<boolean> {
    const fault = this.options.faults.take(at)
    if (fault === undefined) return true
    if (fault.kind === 'slow') await this.pause(fault.ms ?? 0)
    else if (fault.kind === 'drop') this.connection.destroy()
    else this.connection.write(`${fault.text ?? '* BYE Try later'}\r\n`)
    return !this.connection.closed
  }

  #complain(read: Exclude<CommandRead, { kind: 'command' }>): void {
    const { limits } = this.behaviour
    if (read.kind === 'ended') {
      this.connection.end()
    } else if (read.kind === 'endless') {
      this.bye('Too much data.')
    } else if (read.kind === 'refused') {
      this.connection.write(`${read.tag} ${read.reply}\r\n`)
      if (read.reply.startsWith('BAD')) this.#countBad()
    } else if (read.kind === 'bad-tag') {
      this.untagged('BAD Error in IMAP command: Invalid tag')
      this.#countBad()
    } else if (limits.tooLongLine === 'bye') {
      this.bye('Too long line.')
    } else if (limits.tooLongLine === 'bad') {
      this.connection.write(`${read.tag} BAD Error in IMAP command: Too long line\r\n`)
      this.#countBad()
    }
  }

  async #perform(command: Command): Promise<void> {
    const { commands } = this.behaviour
    if (commands.disconnecting.includes(command.name)) {
      this.connection.destroy()
      return
    }
    const fault = this.options.faults.take(`imap:${command.name.replace('UID ', '').toLowerCase()}` as FaultPoint)
    if (fault?.kind === 'slow') await this.pause(fault.ms ?? 0)
    if (fault?.kind === 'drop') {
      this.connection.destroy()
      return
    }
    await this.pause(commands.delayMs)
    if (this.user?.store.closed) {
      this.bye('Account has been deleted.')
      return
    }
    const outcome = fault?.kind === 'reply' ? faultOutcome(fault.text) : await this.#outcome(command)
    if (commands.unanswered.includes(command.name)) return
    if (outcome.silent !== true) this.answer(command.tag, outcome)
    if (outcome.status === 'BAD') this.#countBad()
    else this.#badInARow = 0
    if (commands.pipelining === 'drops-rest') this.connection.reader.takeAll()
    if (outcome.afterwards !== undefined) {
      this.connection.flush()
      await outcome.afterwards()
    }
  }

  answer(tag: string, outcome: Outcome): void {
    const { commands, wording } = this.behaviour
    const shown = commands.tags === 'echoed' ? tag : commands.tags === 'star' ? '*' : tag.toUpperCase()
    const code = outcome.code === undefined ? '' : `[${outcome.code}] `
    const timing = wording.timings && outcome.text.endsWith('completed.') ? ' (0.001 + 0.000 secs).' : undefined
    const text = timing === undefined ? outcome.text : `${outcome.text.slice(0, -1)}${timing}`
    if (wording.extraUntaggedOk && outcome.status === 'OK' && this.view !== undefined) this.untagged('OK Still here')
    this.connection.write(`${shown} ${outcome.status} ${code}${text}\r\n`)
  }

  async #outcome(command: Command): Promise<Outcome> {
    const { commands, wording } = this.behaviour
    const { name } = command
    const known = commands.names === 'any-case' || command.written === command.written.toUpperCase()
    const entry = known && !commands.unknown.includes(name) ? findCommand(name) : undefined
    const title = `${name.slice(0, 20).replace(/[^\x20-\x7e]/g, '?')}`
    if (entry === undefined) {
      if (commands.nonsense === 'disconnects') this.connection.destroy()
      if (commands.nonsense !== 'bad') return { ...bad('Unknown command.'), silent: true }
      return bad(this.user === undefined ? wording.unknownCommand : `Error in IMAP command ${title}: Unknown command.`)
    }
    if (commands.repeatedTags !== 'accepted') {
      const counts = commands.repeatedTags === 'refused' || this.connection.compressed
      if (counts && this.#usedTags.has(command.tag)) return bad('Tag was used before.')
      if (this.#usedTags.size < 10_000) this.#usedTags.add(command.tag)
    }
    if (growing.has(name) && this.options.storage?.trouble !== undefined) return no(noRoom, 'UNAVAILABLE')
    if (commands.refused.includes(name)) return no('Not possible at the moment.')
    if (commands.ignored.includes(name)) return ok(`${title} completed.`)
    const refusal = this.#stateRefusal(name, entry.state)
    if (refusal !== undefined) return refusal
    let args: readonly Token[]
    try {
      args = tokenize(command.pieces, { escapes: this.behaviour.login.quotedEscapes === 'removed' })
    } catch (error) {
      if (error instanceof SyntaxTrouble) return bad(`Error in IMAP command ${title}: ${error.message}`)
      throw error
    }
    const before = this.view
    const outcome = await entry.run(this, { name, tag: command.tag, args, byUid: name.startsWith('UID ') })
    if (before !== undefined && before === this.view) this.#report(name, entry.holdsExpunges === true)
    return outcome
  }

  #stateRefusal(name: string, state: 'any' | 'unauthenticated' | 'authenticated' | 'selected'): Outcome | undefined {
    const { beforeLogin } = this.behaviour.commands
    if (state === 'any') return undefined
    if (state === 'unauthenticated') {
      return this.user === undefined ? undefined : bad(`Error in IMAP command ${name}: Already logged in.`)
    }
    if (this.user === undefined) {
      if (beforeLogin === 'all-ok') return ok(`${name} completed.`)
      if (beforeLogin === 'metadata-open' && name === 'GETMETADATA') return undefined
      return bad(this.behaviour.wording.unknownCommand)
    }
    return state === 'selected' && this.view === undefined ? bad('No mailbox selected.') : undefined
  }

  #report(name: string, holdsExpunges: boolean): void {
    const { updates } = this.behaviour
    const wanted = name === 'NOOP' || name === 'CHECK' ? updates.noop === 'reports' : updates.otherCommands === 'report'
    if (name === 'IDLE' || !wanted) return
    writeNews(this, { expunges: !holdsExpunges || updates.expungeDuringFetch === 'sent' })
  }

  #countBad(): void {
    const { badUntilBye } = this.behaviour.commands
    this.#badInARow++
    if (badUntilBye > 0 && this.#badInARow >= badUntilBye) this.bye('Too many invalid IMAP commands.')
  }
}

function faultOutcome(text = 'NO [UNAVAILABLE] Try again later.'): Outcome {
  const [, status = 'NO', rest = text] = /^(OK|NO|BAD) (.*)$/.exec(text) ?? []
  return { status: status as Outcome['status'], text: rest }
}
