// Many idling IMAP sessions over TLS, in a process of their own. Plain sockets: here the server is measured. Forked by the
// server bench; ends when its parent does.
import { connect, createSecureContext } from 'node:tls'

export interface Wanted {
  readonly port: number
  readonly ca: string
  readonly domain: string
  readonly sessions: number
  readonly accounts: number
}

const atOnce = 32

process.once('message', async ({ port, ca, domain, sessions, accounts }: Wanted) => {
  const secureContext = createSecureContext({ ca })
  let next = 0
  const open = (number: number) =>
    new Promise<void>((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', servername: domain, secureContext })
      const name = `idle${String(number % accounts).padStart(5, '0')}@${domain}`
      let text = ''
      socket.on('error', reject)
      socket.on('data', (chunk) => {
        text += chunk.toString('latin1')
        if (text.includes('\r\n+ ')) {
          socket.removeAllListeners('data')
          socket.resume()
          resolve()
        } else if (/^\w+ NO/m.test(text)) reject(new Error(text))
      })
      socket.write(`a LOGIN ${name} bench-password-1\r\nb SELECT INBOX\r\nc IDLE\r\n`)
    })
  const lane = async () => {
    while (next < sessions) await open(next++)
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  process.send?.('idling')
})
process.once('disconnect', () => process.exit(0))
