// A hundred days of virtual time with 300 accounts: nothing older than promised is anywhere, nothing is missing, and the
// memory stays as it is. About 30 sessions a day are real ones over TLS; the bulk is submitted in process, judged as at the
// end of DATA. What must be there is kept apart by an oracle.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { virtualClock } from './clock.ts'
import { type RawClient, rawClient } from './imap/test-client.ts'
import { type Reference, startReference } from './index.ts'
import { Oracle } from './retention/test-oracle.ts'
import { armour, encryptedMessage, encryptedPackets } from './test-mail/encrypted-message.ts'
import { openSession, submit } from './test-mail/line-client.ts'

const hour = 3_600_000
const day = 24 * hour
const people = 300
const days = 100
const limitKib = 4_096
const password = 'correct horse'
const stranger = 'another battery'

const address = (n: number) => `u${String(n).padStart(8, '0')}@chat.test`
/** Logs in once, and keeps that one session open. */
const idler = address(0)
/** Sends each day, reads never. */
const sender = address(1)
/** Gets half a megabyte a day. */
const crowded = address(2)
/** Gets more than its quota in one day. */
const flooded = address(3)
/** Has a session open with INBOX selected all the time. */
const watcher = address(4)
const nobody = address(999)
/** Offline for 40 days, online for one session. */
const isAway = (n: number) => n >= 10 && n < 50

/** Armoured once; only the header differs from message to message. */
const payloads = {
  small: armour(encryptedPackets(250)),
  middle: armour(encryptedPackets(60_000)),
  // Over 200,000 octets, but not when compressed.
  bulky: armour(encryptedPackets(160_000)),
  large: armour(encryptedPackets(220_000)),
}
type Kind = keyof typeof payloads

test('a hundred days with 300 accounts', { timeout: 180_000 }, async () => {
  const clock = virtualClock(Date.UTC(2026, 0, 1, 9))
  const overrides = { imap: { quota: { limitKib } } }
  await using reference = await startReference({ clock, overrides })
  const life = new Life(reference)
  expect(gzipSync(payloads.bulky).length).toBeLessThan(199_000)
  expect(gzipSync(payloads.large).length).toBeGreaterThan(201_000)

  for (let n = 0; n < people; n++) await life.visit(address(n))
  const sleeping = await life.login(idler)
  await sleeping.command('SELECT INBOX')
  const watching = await life.watch()
  const memory: ReturnType<Life['memory']>[] = []
  for (let date = 0; date < days; date++) {
    await life.spendDay(date)
    await watching.look()
    const gone = await life.night()
    await watching.look()
    // Their last login that counts was on the first day: 90 days later it is over 90 days ago.
    expect([...gone].sort()).toEqual(date === 89 ? [idler, sender] : [])
    if (gone.includes(idler)) {
      await sleeping.ended
      await life.takeOver(idler)
    }
    if ([19, 59, 99].includes(date)) memory.push(life.memory())
  }
  console.log(life.report(memory))
  expect(life.count).toMatchObject({ removed: 2 })
  expect(life.count.bounced).toBeGreaterThan(10)
  expect(life.count.refused).toBeGreaterThan(5)
  const [at20, at60, at100] = memory.map(({ messages, beside }) => messages + beside)
  expect(at60).toBeLessThan((at20 ?? 0) * 1.3)
  expect(at100).toBeLessThan((at20 ?? 0) * 1.3)
})

class Life {
  readonly #reference: Reference
  readonly #oracle = new Oracle(limitKib * 1024)
  readonly #random = randomNumbers(42)
  readonly count = { delivered: 0, bounced: 0, refused: 0, sessions: 0, removed: 0, expunged: 0, appended: 0 }
  #messages = 0
  #turn = 4
  /** Octets of a message of each kind as it is stored: all are alike. */
  readonly #sizes = new Map<Kind, number>()

  constructor(reference: Reference) {
    this.#reference = reference
  }

  get #now(): number {
    return this.#reference.clock.now()
  }

  #pick(below: number): number {
    return Math.floor(this.#random() * below)
  }

  /** From morning to a minute before the clean-up. */
  async spendDay(date: number): Promise<void> {
    for (let part = 0; part < 3; part++) {
      await this.#reference.clock.advance(1 + this.#pick(4 * hour))
      for (let n = 0; n < 170; n++) this.#chat(this.#someone(), 'small')
      this.#chat(this.#someone(), 'large')
      this.#send(this.#someone(), [nobody], 'small')
      this.#chat(this.#someone(), 'bulky')
      for (let n = 0; n < 2; n++) this.#send(address(5 + this.#pick(200)), [crowded], 'middle')
      if (date === 30) for (let n = 0; n < 25; n++) this.#send(address(5 + this.#pick(200)), [flooded], 'middle')
      if (date === 30 && part === 2) await this.#appendInVain(flooded)
      await this.#overSmtp(sender)
      await this.#overSmtp(this.#someone())
      for (let n = 0; n < 6; n++) await this.visit(this.#visitor())
    }
    for (let n = 0; n < people; n++) if (isAway(n) && (date + n) % 40 === 0) await this.visit(address(n))
    if (date % 7 === 0) for (const one of [crowded, flooded, watcher]) await this.visit(one)
  }

  /** Nothing goes before its time, all goes at it; answers the accounts that went. */
  async night(): Promise<readonly string[]> {
    const due = Math.floor(this.#now / day) * day + day + 2 * 60_000
    await this.#reference.clock.advance(due - 1 - this.#now)
    this.#compare('a millisecond before the clean-up')
    await this.#reference.clock.advance(1)
    const gone = this.#oracle.night(this.#now)
    this.count.removed += gone.length
    this.#compare('right after the clean-up')
    const kept = this.#reference.accounts
      .list()
      .flatMap(({ store }) => store.list().flatMap(({ messages }) => messages))
    const oldest = kept.reduce((date, { internalDate }) => Math.min(date, internalDate), Number.POSITIVE_INFINITY)
    expect(oldest).toBeGreaterThanOrEqual(this.#now - 20 * day)
    return gone
  }

  #compare(when: string): void {
    const { accounts } = this.#reference
    const about = `${when}, ${new Date(this.#now).toISOString()}`
    expect(
      accounts
        .list()
        .map((user) => user.address)
        .sort(),
      about,
    ).toEqual([...this.#oracle.addresses].sort())
    for (const user of accounts.list()) {
      const there = user.store.list().map(({ name, messages }) => [name, messages.map(({ uid }) => uid).join()])
      const wanted = this.#oracle.folders(user.address).map((name) => {
        return [
          name,
          this.#oracle
            .list(user.address, name)
            .map(({ uid }) => uid)
            .join(),
        ]
      })
      expect(there, `${user.address}, ${about}`).toEqual(wanted)
    }
  }

  /** Anybody who may send. */
  #someone(): string {
    return address(5 + this.#pick(people - 5))
  }

  /** All who are not away, in turn: each about twice a month. */
  #visitor(): string {
    do {
      this.#turn = this.#turn + 1 < people ? this.#turn + 1 : 5
    } while (isAway(this.#turn))
    return address(this.#turn)
  }

  #chat(from: string, kind: Kind): void {
    const to = new Set(
      Array.from({ length: kind === 'small' ? 1 + this.#pick(3) : 1 }, () => address(this.#pick(people))),
    )
    this.#send(from, [...to], kind)
  }

  #message(from: string, kind: Kind): string {
    const messageId = `<${String(this.#messages++).padStart(8, '0')}@localhost>`
    return encryptedMessage({ from, messageId, payload: payloads[kind] })
  }

  #send(from: string, to: readonly string[], kind: Kind): void {
    const { accepted } = this.#reference.submit({ from, to, message: this.#message(from, kind) })
    expect(accepted).toBe(true)
    this.#expectDelivery(from, to, kind)
  }

  /** What a message that was taken brings about, by the promises. */
  #expectDelivery(from: string, to: readonly string[], kind: Kind): void {
    for (const recipient of to) {
      const size = this.#sizeOf(kind, recipient)
      const refused = this.#oracle.has(recipient) && !this.#oracle.fits(recipient, size)
      if (!this.#oracle.has(recipient) || refused) {
        const [bounce] = this.#inbox(from).slice(-1)
        this.#oracle.arrive(from, this.#now, { size: bounce?.size ?? 0 })
        this.count[refused ? 'refused' : 'bounced']++
      } else {
        this.#oracle.arrive(recipient, this.#now, { size, large: kind === 'large' })
        this.count.delivered++
      }
    }
  }

  #sizeOf(kind: Kind, recipient: string): number {
    const known = this.#sizes.get(kind) ?? this.#inbox(recipient).at(-1)?.size ?? 0
    this.#sizes.set(kind, known)
    return known
  }

  #inbox(of: string) {
    return this.#reference.accounts.find(of)?.store.inbox.messages ?? []
  }

  async #overSmtp(from: string): Promise<void> {
    this.count.sessions++
    await using session = await openSession(this.#reference, { address: from, password })
    // A login over SMTP makes an account, though it does not keep one.
    if (!this.#oracle.has(from)) this.#oracle.login(from, this.#now)
    for (let n = 0; n < 2; n++) {
      const to = [this.#someone()]
      expect(await submit(session, from, to, this.#message(from, 'small'))).toMatch(/^250/)
      this.#expectDelivery(from, to, 'small')
    }
  }

  async login(as: string, secret = password): Promise<RawClient> {
    this.count.sessions++
    const client = await rawClient({ port: this.#reference.ports.imaps, tls: true })
    expect((await client.command(`LOGIN "${as}" "${secret}"`)).at(-1)).toMatch(/ OK /)
    this.#oracle.login(as, this.#now)
    return client
  }

  /** A real session: everything that must be there is there, by what IMAP says; now and then something is put or deleted. */
  async visit(as: string): Promise<void> {
    const client = await this.login(as)
    await this.#read(client, as, 'INBOX')
    const luck = this.#pick(6)
    if (luck === 0) await this.#deleteSome(client, as)
    if (luck === 1) await this.#append(client, as, 'INBOX')
    if (luck === 2 && this.#oracle.folders(as).length === 1) {
      expect((await client.command('CREATE DeltaChat')).at(-1)).toMatch(/ OK /)
      this.#oracle.create(as, 'DeltaChat')
    }
    if (this.#oracle.folders(as).includes('DeltaChat')) {
      if (luck === 3) await this.#append(client, as, 'DeltaChat')
      if (luck === 4) await this.#copyOne(client, as)
      if (luck > 3) await this.#read(client, as, 'DeltaChat')
    }
    client.close()
  }

  async #read(client: RawClient, as: string, folder: string): Promise<void> {
    const selected = await client.command(`SELECT ${folder}`)
    const wanted = this.#oracle.list(as, folder)
    expect(selected).toContain(`* ${wanted.length} EXISTS`)
    this.#oracle.open(as, folder)
    const fetched = await client.command('UID FETCH 1:* (UID INTERNALDATE)')
    const shown = fetched.slice(0, -1).map((line) => {
      const [, uid, date] = /UID (\d+) INTERNALDATE "([^"]+)"/.exec(line) ?? []
      return [Number(uid), Date.parse((date ?? '').replaceAll('-', ' '))]
    })
    expect(shown).toEqual(wanted.map(({ uid, internalDate }) => [uid, Math.floor(internalDate / 1000) * 1000]))
  }

  async #deleteSome(client: RawClient, as: string): Promise<void> {
    const uids = this.#oracle
      .list(as)
      .slice(0, 5)
      .map(({ uid }) => uid)
    if (uids.length === 0) return
    await client.command(`UID STORE ${uids.join()} +FLAGS.SILENT (\\Deleted)`)
    expect((await client.command('EXPUNGE')).at(-1)).toMatch(/ OK /)
    this.#oracle.remove(as, 'INBOX', uids)
    this.count.expunged += uids.length
  }

  /** Dated up to 25 days back: some of it is too old already. */
  async #append(client: RawClient, as: string, folder: string): Promise<void> {
    const internalDate = Math.floor((this.#now - this.#pick(25 * day)) / 1000) * 1000
    const large = this.#pick(4) === 0
    const message = this.#message(as, large ? 'large' : 'small')
    if (!this.#oracle.fits(as, message.length)) return
    const reply = await client.command(
      `APPEND ${folder} "${imapDate(internalDate)}" {${message.length}+}\r\n${message}`,
    )
    expect(reply.at(-1)).toMatch(/ OK /)
    this.#oracle.arrive(as, this.#now, { size: message.length, large, folder, internalDate })
    // The session has INBOX selected, and has been told.
    if (folder === 'INBOX') this.#oracle.open(as, folder)
    this.count.appended++
  }

  async #appendInVain(as: string): Promise<void> {
    const client = await this.login(as)
    const reply = await client.command(`APPEND INBOX {${limitKib * 512}}`)
    expect(reply.at(-1)).toMatch(/ NO \[OVERQUOTA\]/)
    client.close()
  }

  async #copyOne(client: RawClient, as: string): Promise<void> {
    const [one] = this.#oracle.list(as)
    if (one === undefined || !this.#oracle.fits(as, one.size)) return
    expect((await client.command(`UID COPY ${one.uid} DeltaChat`)).at(-1)).toMatch(/ OK /)
    this.#oracle.arrive(as, this.#now, { ...one, folder: 'DeltaChat' })
  }

  /** Whoever takes the name of a removed account starts with nothing. */
  async takeOver(name: string): Promise<void> {
    const client = await this.login(name, stranger)
    expect(await client.command('SELECT INBOX')).toContain('* 0 EXISTS')
    client.close()
  }

  /** Counts by what it is told: EXISTS and EXPUNGE. */
  async watch() {
    const client = await this.login(watcher)
    let count = 0
    const listen = (lines: readonly string[]) => {
      for (const line of lines) {
        const exists = /^\* (\d+) EXISTS/.exec(line)?.[1]
        if (exists !== undefined) count = Number(exists)
        if (/^\* \d+ EXPUNGE/.test(line)) count -= 1
      }
      this.#oracle.open(watcher, 'INBOX')
    }
    listen(await client.command('SELECT INBOX'))
    return {
      look: async () => {
        listen(await client.command('NOOP'))
        expect(count).toBe(this.#oracle.list(watcher).length)
      },
    }
  }

  /** Octets in use after a full collection, beside the messages themselves. */
  memory(): { readonly messages: number; readonly beside: number } {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    // Twice: what buffers hold is given back after the buffers.
    collect()
    collect()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    const messages = this.#reference.accounts.list().reduce((sum, { store }) => sum + store.usageBytes, 0)
    return { messages, beside: heapUsed + arrayBuffers - messages }
  }

  report(memory: readonly { readonly messages: number; readonly beside: number }[]): string {
    const shown = memory.map(
      ({ messages, beside }) => `${inMegabytes(messages)} of mail and ${inMegabytes(beside)} beside`,
    )
    return `${days} days: ${JSON.stringify(this.count)}; memory after 20, 60 and 100 days: ${shown.join(', ')}`
  }
}

function inMegabytes(octets: number): string {
  return `${Math.round(octets / 1e6)} MB`
}

function imapDate(at: number): string {
  const [, month = '', date = '', year = '', time = ''] =
    /^\w+ (\w+) (\d+) (\d+) ([\d:]+)/.exec(new Date(at).toUTCString().replace(/^(\w+), (\d+) (\w+)/, '$1 $3 $2')) ?? []
  return `${date}-${month}-${year} ${time} +0000`
}

/** The same numbers each time (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
