// A bare line client for tests of the reference server: sends what it is told, gives whole replies.
import { connect, type Socket } from 'node:net'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import type { Reference } from '../index.ts'

export interface LineClient extends AsyncDisposable {
  /** The first reply of the server. */
  readonly greeting: string
  /** Writes as it is. */
  write(text: string): void
  /** The next reply with all its lines, without line ends. */
  reply(): Promise<string>
  /** Writes a line and waits for its reply. */
  ask(line: string): Promise<string>
  /** Goes on inside TLS. */
  secure(options?: ConnectionOptions): Promise<void>
  /** Resolves when the server has closed. */
  readonly closed: Promise<void>
}

export async function openLines(
  reference: Reference,
  service: 'submission' | 'submissions' | 'smtp',
): Promise<LineClient> {
  let text = ''
  let wake: (() => void) | undefined
  let socket: Socket
  let ended = false
  let told: () => void
  const closed = new Promise<void>((resolve) => {
    told = resolve
  })
  const trusted = { ca: reference.ca, servername: reference.domain }
  const use = (next: Socket) => {
    socket = next
    next.setNoDelay(true)
    next.on('data', (chunk) => {
      text += chunk.toString('latin1')
      wake?.()
    })
    next.on('error', () => {})
    next.on('close', () => {
      ended = true
      wake?.()
      told()
    })
  }
  const port = reference.ports[service]
  const first = service === 'submissions' ? connectTls({ port, ...trusted }) : connect({ port, host: '127.0.0.1' })
  use(first)
  let greeting = ''
  const client: LineClient = {
    get greeting() {
      return greeting
    },
    closed,
    write: (line) => socket.write(line),
    async reply() {
      for (;;) {
        const match = /^(?:\d{3}-[^\n]*\r\n)*\d{3} [^\n]*\r\n/.exec(text)
        if (match !== null) {
          text = text.slice(match[0].length)
          return match[0].trimEnd().replaceAll('\r\n', '\n')
        }
        if (ended) throw new Error(`the server closed; left over: ${text}`)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    ask(line) {
      client.write(`${line}\r\n`)
      return client.reply()
    },
    async secure(options = {}) {
      socket.removeAllListeners('data')
      socket.removeAllListeners('close')
      const secured = connectTls({ socket, ...trusted, ...options })
      use(secured)
      await new Promise<void>((resolve, reject) => {
        secured.once('secureConnect', resolve)
        secured.once('error', reject)
      })
    },
    async [Symbol.asyncDispose]() {
      socket.destroy()
    },
  }
  greeting = await client.reply()
  return client
}

/** A session on port 25 that is inside TLS and has said EHLO. */
export async function openRelay(reference: Reference): Promise<LineClient> {
  const client = await openLines(reference, 'smtp')
  await client.ask('EHLO mx.ext.test')
  await client.ask('STARTTLS')
  await client.secure()
  await client.ask('EHLO mx.ext.test')
  return client
}

/** A session that has said EHLO and logged in. */
export async function openSession(
  reference: Reference,
  account: { address: string; password: string },
): Promise<LineClient> {
  const client = await openLines(reference, 'submissions')
  await client.ask('EHLO [127.0.0.1]')
  await client.ask(`AUTH PLAIN ${plain(account.address, account.password)}`)
  return client
}

export function plain(user: string, password: string): string {
  return Buffer.from(`\0${user}\0${password}`).toString('base64')
}

/** Sends one message in the open session; the reply that decided. */
export async function submit(
  client: LineClient,
  from: string,
  to: readonly string[],
  message: string,
): Promise<string> {
  const mail = await client.ask(`MAIL FROM:<${from}>`)
  if (!mail.startsWith('250')) return mail
  for (const recipient of to) {
    const rcpt = await client.ask(`RCPT TO:<${recipient}>`)
    if (!rcpt.startsWith('250')) {
      await client.ask('RSET')
      return rcpt
    }
  }
  const data = await client.ask('DATA')
  if (!data.startsWith('354')) return data
  client.write(message.replace(/^\./gm, '..'))
  return client.ask('.')
}
