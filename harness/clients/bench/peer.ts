// The other side of the bench, in a process of its own so that its CPU is not counted: an SMTP sink and the reference
// server. Started by main.ts; ends when main.ts does.
import { createServer } from 'node:net'
import { systemClock } from '../../../reference-server/clock.ts'
import { startReference } from '../../../reference-server/index.ts'
import { openDataFolder } from '../../../reference-server/storage/open.ts'
import { ownUsage } from './usage.ts'

export interface PeerReady {
  readonly sink: number
  readonly imaps: number
  readonly submissions: number
  readonly domain: string
  readonly ca: string
}

/** Says yes to everything: what a client costs, not what a server does. */
function startSink(): Promise<{ port: number; close(): void }> {
  const server = createServer({ noDelay: true }, (socket) => {
    let inBody = false
    let pending = ''
    socket.on('error', () => {})
    socket.write('220 sink\r\n')
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1')
      let out = ''
      for (;;) {
        const mark = inBody ? '\r\n.\r\n' : '\r\n'
        const end = pending.indexOf(mark)
        if (end === -1) break
        const line = pending.slice(0, 4)
        pending = pending.slice(end + mark.length)
        if (inBody) {
          inBody = false
          out += '250 2.0.0 Ok: queued\r\n'
        } else if (line === 'DATA') {
          inBody = true
          out += '354 go\r\n'
        } else if (line === 'EHLO') out += '250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n'
        else out += '250 2.1.0 Ok\r\n'
      }
      if (out !== '') socket.write(out)
    })
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      resolve({ port, close: () => server.close() })
    })
  })
}

const sink = await startSink()
const folder = process.env.BENCH_DATA
const clock = systemClock()
const reference = await startReference({
  clock,
  overrides: { limits: { perMinute: 0 }, inbound: { connectionsPerClient: 0 } },
  ...(folder === undefined ? {} : { storage: await openDataFolder(folder, { clock }) }),
})
const ready: PeerReady = {
  sink: sink.port,
  imaps: reference.ports.imaps,
  submissions: reference.ports.submissions,
  domain: reference.domain,
  ca: reference.ca,
}
process.send?.(ready)
process.on('message', (asked) => {
  if (asked === 'usage') process.send?.(ownUsage())
})
process.once('disconnect', () => {
  sink.close()
  void reference.close()
})
