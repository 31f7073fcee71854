// The clients of the kill test: submission to several recipients, APPEND, flags, deletes and first logins, until the server
// is gone. Each writes down what it is about to ask, and what was answered.
import { connect } from 'node:tls'
import { type RawClient, rawClient } from '../imap/test-client.ts'
import { plain } from '../test-mail/line-client.ts'
import type { Started } from './test-child.ts'
import { type Ledger, markOf, type Shown } from './test-ledger.ts'

export type Random = () => number

/** An encrypted message with this mark in it. */
export type WriteMail = (from: string, mark: string) => string

export async function login(started: Started, { address, password }: Ledger): Promise<RawClient> {
  const client = await rawClient({ port: started.imaps, tls: true })
  const [answer = ''] = (await client.command(`LOGIN ${address} ${password}`)).slice(-1)
  if (!/^\S+ OK/.test(answer)) throw new Error(`${address} cannot log in: ${answer}`)
  return client
}

/** Sends to all the ledgers' owners, one message after another. */
export async function submitForEver(
  started: Started,
  sender: Ledger,
  receivers: readonly Ledger[],
  newMark: () => string,
  mail: WriteMail,
): Promise<void> {
  const smtp = await smtpLines(started.submissions)
  await smtp.ask('EHLO [127.0.0.1]')
  await smtp.ask(`AUTH PLAIN ${plain(sender.address, sender.password)}`)
  for (;;) {
    const mark = newMark()
    for (const receiver of receivers) receiver.open.add(mark)
    const recipients = receivers.map(({ address }) => `RCPT TO:<${address}>`)
    for (const line of [`MAIL FROM:<${sender.address}>`, ...recipients, 'DATA']) await smtp.ask(line)
    if ((await smtp.ask(`${mail(sender.address, mark)}.`)).startsWith('250')) {
      for (const receiver of receivers) {
        receiver.open.delete(mark)
        receiver.sure.add(mark)
      }
    }
  }
}

/** Appends to its own INBOX, flags some messages, removes others. */
export async function changeForEver(
  started: Started,
  ledger: Ledger,
  newMark: () => string,
  mail: WriteMail,
  random: Random,
): Promise<void> {
  const imap = await login(started, ledger)
  const ask = async (command: string) => (await imap.command(command)).at(-1) ?? ''
  await ask('SELECT INBOX')
  for (;;) {
    const mark = newMark()
    const text = mail(ledger.address, mark)
    ledger.open.add(mark)
    const uid = Number(/APPENDUID \d+ (\d+)/.exec(await ask(`APPEND INBOX {${text.length}+}\r\n${text}`))?.[1])
    ledger.open.delete(mark)
    ledger.sure.add(mark)
    ledger.uids.set(uid, mark)
    if (random() < 0.3 && (await ask(`UID STORE ${uid} +FLAGS.SILENT (\\Flagged)`)).includes(' OK')) {
      ledger.flagged.add(mark)
    }
    const victims = [...ledger.uids].filter(([, one]) => ledger.sure.has(one))
    const victim = random() < 0.6 || victims.length > 20 ? victims[Math.floor(random() * victims.length)] : undefined
    if (victim === undefined) continue
    await ask(`UID STORE ${victim[0]} +FLAGS.SILENT (\\Deleted)`)
    ledger.open.add(victim[1])
    await ask(`UID EXPUNGE ${victim[0]}`)
    for (const set of [ledger.open, ledger.sure]) set.delete(victim[1])
    ledger.gone.add(victim[1])
  }
}

/** First logins, one account after another. */
export async function registerForEver(started: Started, made: Ledger[], next: () => Ledger): Promise<void> {
  for (;;) {
    const ledger = next()
    const client = await login(started, ledger)
    made.push(ledger)
    client.close()
  }
}

/** All of INBOX. */
export async function look(started: Started, ledger: Ledger) {
  const client = await login(started, ledger)
  const selected = await client.command('SELECT INBOX')
  const uidValidity = Number(/UIDVALIDITY (\d+)/.exec(selected.join(' '))?.[1])
  const uidNext = Number(/UIDNEXT (\d+)/.exec(selected.join(' '))?.[1])
  const exists = Number(/\* (\d+) EXISTS/.exec(selected.join('\n'))?.[1])
  const lines = exists === 0 ? [] : await client.command('UID FETCH 1:* (UID FLAGS BODY.PEEK[])')
  client.close()
  const messages = lines.flatMap((line): Shown[] => {
    const [, uid, flags = '', bytes = ''] =
      /^\* \d+ FETCH \(UID (\d+) FLAGS \(([^)]*)\) BODY\[\] \{\d+\}\r\n(.*)\)$/s.exec(line) ?? []
    return uid === undefined ? [] : [{ uid: Number(uid), flags: flags.split(' '), bytes }]
  })
  if (messages.length !== exists) throw new Error(`${exists} messages, ${messages.length} fetched: ${lines[0]}`)
  for (const { uid, bytes } of messages) if (uid >= uidNext) throw new Error(`UID ${uid} of ${markOf(bytes)} is ahead`)
  return { uidValidity, uidNext, messages }
}

async function smtpLines(port: number) {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false })
  socket.setEncoding('latin1')
  socket.on('error', () => {})
  const replies = socket[Symbol.asyncIterator]()
  let text = ''
  const reply = async (): Promise<string> => {
    for (;;) {
      const found = /^(?:\d{3}-[^\n]*\n)*\d{3} [^\n]*\n/.exec(text)?.[0]
      if (found !== undefined) {
        text = text.slice(found.length)
        return found
      }
      const more = await replies.next()
      if (more.done) throw new Error('the server is gone')
      text += more.value
    }
  }
  await reply()
  return {
    ask(line: string): Promise<string> {
      socket.write(`${line}\r\n`)
      return reply()
    },
  }
}
