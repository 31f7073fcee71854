// A mail server that does next to nothing, in a thread of its own: takes any login and any mail, and hands each message to the
// mailbox of its recipient. What a driver reaches against it is what the driver can do. Started by the calibration.
import { createServer, type TLSSocket } from 'node:tls'
import { parentPort, workerData } from 'node:worker_threads'

export interface SinkStart {
  readonly certificate: string
  readonly key: string
}

export interface SinkPorts {
  readonly imap: number
  readonly submission: number
}

/** Messages by UID, and who is to be told of new ones. */
interface Mailbox {
  readonly messages: Map<number, string>
  nextUid: number
  tell: () => void
}

const mailboxes = new Map<string, Mailbox>()

function mailboxOf(address: string): Mailbox {
  const known = mailboxes.get(address)
  if (known !== undefined) return known
  const mailbox: Mailbox = { messages: new Map(), nextUid: 1, tell: () => {} }
  mailboxes.set(address, mailbox)
  return mailbox
}

/** Lines, or whatever else ends with `mark()`, as they come. One char an octet. */
function conversation(socket: TLSSocket, mark: () => string, answer: (part: string) => string): void {
  let pending = ''
  socket.on('error', () => {})
  socket.on('data', (chunk) => {
    pending += chunk.toString('latin1')
    let out = ''
    for (let end = pending.indexOf(mark()); end !== -1; end = pending.indexOf(mark())) {
      const part = pending.slice(0, end)
      pending = pending.slice(end + mark().length)
      out += answer(part)
    }
    if (out !== '') socket.write(out, 'latin1')
  })
}

function submission(socket: TLSSocket): void {
  let recipient = ''
  let inBody = false
  socket.write('220 sink\r\n')
  // The mark of a line ends before the mark of a body is asked for: no message ends in its first line.
  conversation(
    socket,
    () => (inBody ? '\r\n.\r\n' : '\r\n'),
    (part) => {
      if (inBody) {
        inBody = false
        const mailbox = mailboxOf(recipient)
        mailbox.messages.set(mailbox.nextUid++, `${part.replaceAll('\r\n..', '\r\n.')}\r\n`)
        mailbox.tell()
        return '250 2.0.0 taken\r\n'
      }
      if (part.startsWith('EHLO')) return '250-sink\r\n250-8BITMIME\r\n250 AUTH PLAIN\r\n'
      if (part.startsWith('AUTH')) return '235 2.7.0 in\r\n'
      if (part.startsWith('RCPT')) recipient = /<(.*)>/.exec(part)?.[1] ?? ''
      inBody = part === 'DATA'
      return inBody ? '354 go on\r\n' : '250 2.1.0 ok\r\n'
    },
  )
}

function imap(socket: TLSSocket): void {
  let mailbox = mailboxOf('')
  let idling = ''
  socket.write('* OK [CAPABILITY IMAP4rev1 IDLE UIDPLUS] sink\r\n')
  const exists = () => `* ${mailbox.messages.size} EXISTS\r\n`
  const answers: Readonly<Record<string, (rest: string) => string>> = {
    LOGIN(rest) {
      mailbox = mailboxOf(/"(.*?)"/.exec(rest)?.[1] ?? '')
      mailbox.tell = () => {
        if (idling !== '') socket.write(exists())
      }
      return ''
    },
    SELECT: () => `* FLAGS (\\Deleted)\r\n${exists()}* OK [UIDNEXT ${mailbox.nextUid}] next\r\n`,
    FETCH(rest) {
      const from = Number.parseInt(rest, 10)
      return [...mailbox.messages.entries()]
        .map(([uid, text], at) =>
          uid < from ? '' : `* ${at + 1} FETCH (UID ${uid} BODY[] {${text.length}}\r\n${text})\r\n`,
        )
        .join('')
    },
    EXPUNGE(rest) {
      for (const uid of rest.split(',')) mailbox.messages.delete(Number(uid))
      return ''
    },
    NOOP: () => exists(),
  }
  conversation(
    socket,
    () => '\r\n',
    (line) => {
      if (line === 'DONE') {
        const tag = idling
        idling = ''
        return `${tag} OK done\r\n`
      }
      const [tag = '', verb = '', ...more] = line.replace(' UID ', ' ').split(' ')
      if (verb === 'IDLE') {
        idling = tag
        return '+ idling\r\n'
      }
      const said = verb === 'CAPABILITY' ? '* CAPABILITY IMAP4rev1 IDLE UIDPLUS\r\n' : answers[verb]?.(more.join(' '))
      return `${said ?? ''}${tag} OK done\r\n`
    },
  )
}

function listen(serve: (socket: TLSSocket) => void): Promise<number> {
  const { certificate, key } = workerData as SinkStart
  const server = createServer({ cert: certificate, key, noDelay: true }, serve)
  server.on('tlsClientError', () => {})
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}

const ports: SinkPorts = { imap: await listen(imap), submission: await listen(submission) }
parentPort?.postMessage(ports)
