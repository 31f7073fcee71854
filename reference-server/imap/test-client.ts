// A bare IMAP conversation for the tests beside it: sends octets, waits for lines, knows literals only by their length.
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

export interface RawClient {
  send(text: string | Uint8Array): void
  /** Sends `tag command`, answers all lines up to the tagged one, each without CRLF; literals are part of their line. */
  command(text: string, tag?: string): Promise<string[]>
  /** The next line. */
  line(): Promise<string>
  /** Lines up to and with the first that matches. */
  until(pattern: RegExp): Promise<string[]>
  /** Resolves once the server has closed. */
  readonly ended: Promise<void>
  readonly socket: Socket
  close(): void
}

export async function rawClient(options: {
  port: number
  tls: boolean
  greeting?: boolean
  socket?: Socket
  /** Milliseconds for one line. */
  deadline?: number
}): Promise<RawClient> {
  const { port, deadline = 5000 } = options
  const socket =
    options.socket ??
    (options.tls ? connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false }) : connect(port, '127.0.0.1'))
  let buffered = ''
  let over = false
  let wake: () => void = () => {}
  socket.on('data', (chunk) => {
    buffered += chunk.toString('latin1')
    wake()
  })
  socket.on('error', () => wake())
  const ended = new Promise<void>((resolve) => {
    socket.on('close', () => {
      over = true
      wake()
      resolve()
    })
  })
  const takeLine = (): string | undefined => {
    let from = 0
    for (;;) {
      const end = buffered.indexOf('\r\n', from)
      if (end < 0) return undefined
      const literal = /\{(\d+)\}$/.exec(buffered.slice(0, end))
      from = end + 2 + Number(literal?.[1] ?? 0)
      if (literal === null) {
        const line = buffered.slice(0, end)
        buffered = buffered.slice(end + 2)
        return line
      }
    }
  }
  let tags = 0
  const client: RawClient = {
    socket,
    ended,
    send: (text) => socket.write(typeof text === 'string' ? Buffer.from(text, 'latin1') : text),
    async line() {
      const late = Date.now() + deadline
      for (;;) {
        const line = takeLine()
        if (line !== undefined) return line
        if (over) throw new Error(`closed after ${JSON.stringify(buffered)}`)
        if (Date.now() > late) throw new Error(`no line in time, only ${JSON.stringify(buffered.slice(0, 500))}`)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Math.min(250, deadline))
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
    },
    async until(pattern) {
      const lines: string[] = []
      for (;;) {
        lines.push(await client.line())
        if (pattern.test(lines.at(-1) ?? '')) return lines
      }
    },
    async command(text, tag = `t${++tags}`) {
      client.send(`${tag} ${text}\r\n`)
      return client.until(new RegExp(`^${tag} `))
    },
    close: () => socket.destroy(),
  }
  if (options.greeting !== false && options.socket === undefined) await client.line()
  return client
}
