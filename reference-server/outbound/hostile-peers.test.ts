// Servers that mean no good, or are broken, at the other end: the queue neither hangs nor swallows a message.
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { bob, type Scene, scene } from './test-scene.ts'

type Talk = (socket: Socket, line: string | undefined) => void

/** Takes port 25 of the peer's name; `talk` hears the connection (undefined) and each line. */
async function against(talk: Talk, look: (s: Scene) => Promise<void>): Promise<void> {
  await using s = await scene()
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    talk(socket, undefined)
    socket.on('data', (chunk) => {
      for (const line of chunk.toString('latin1').split('\r\n').slice(0, -1)) talk(socket, line)
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  s.network.place('other.test', 25, { address: '127.0.0.1', port: (server.address() as AddressInfo).port })
  try {
    await look(s)
  } finally {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
}

const polite: Talk = (socket, line) => {
  if (line === undefined) socket.write('220 other.test\r\n')
  else if (line.startsWith('EHLO')) socket.write('250-other.test\r\n250 STARTTLS\r\n')
  else socket.write('250 Ok\r\n')
}

test.each<[string, Talk, RegExp]>([
  ['closes at once', (socket) => socket.end(), /closed/],
  ['resets', (socket) => socket.resetAndDestroy(), /closed|ECONNRESET/],
  ['speaks another language', (socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'), /no SMTP reply/],
  ['never ends its line', (socket) => socket.write('220 '.padEnd(100_000, 'x')), /a reply without end/],
  ['never ends its reply', (socket) => socket.write('220-x\r\n'.repeat(500)), /no SMTP reply/],
  ['answers too much at once', (socket) => socket.write('250-x\r\n'.repeat(30_000)), /without end|no SMTP reply/],
  [
    'speaks before TLS is there',
    (socket, line) => (line === 'STARTTLS' ? socket.write('220 Go\r\n250 Ok\r\n250 Ok\r\n') : polite(socket, line)),
    /text in clear after STARTTLS/,
  ],
  [
    'has no TLS after all',
    (socket, line) => (line === 'STARTTLS' ? socket.write('454 Not today\r\n') : polite(socket, line)),
    /STARTTLS refused: 454 Not today/,
  ],
  [
    'talks nonsense for TLS',
    (socket, line) => {
      if (line === 'STARTTLS') {
        socket.removeAllListeners('data')
        socket.write('220 Go\r\n')
        socket.once('data', () => socket.write('this is no TLS at all\r\n'))
      } else polite(socket, line)
    },
    /TLS failed/,
  ],
])('a server that %s: the message waits', async (_name, talk, reason) => {
  await against(talk, async (s) => {
    await s.send()
    expect(s.outbound.queue.entries).toMatchObject([{ recipients: [bob], tries: 1 }])
    expect(s.outbound.queue.entries[0]?.lastReply).toMatch(reason)
    expect(s.outbound.queue.entries[0]?.lastReply?.length).toBeLessThan(400)
  })
})

test.each<[string, (line: string | undefined) => boolean, Talk]>([
  ['at once', (line) => line === undefined, () => {}],
  ['after EHLO', (line) => line !== undefined, (socket, line) => line ?? polite(socket, line)],
  [
    'in the handshake',
    (line) => line === 'STARTTLS',
    (socket, line) => (line === 'STARTTLS' ? socket.write('220 Go\r\n') : polite(socket, line)),
  ],
])('a server that falls silent %s is given up after a minute', async (_name, isSilent, talk) => {
  let reached = () => {}
  const silence = new Promise<void>((resolve) => {
    reached = resolve
  })
  const listen: Talk = (socket, line) => {
    talk(socket, line)
    if (isSilent(line)) reached()
  }
  await against(listen, async (s) => {
    let over = false
    const sent = s.send().then(() => {
      over = true
    })
    await silence
    await s.clock.advance(0)
    await s.clock.advance(59_900)
    expect(over).toBe(false)
    await s.clock.advance(200)
    await sent
    expect(s.outbound.queue.entries[0]?.lastReply).toMatch(/within 60 s/)
  })
})

test('the end of the server does not wait for a peer that says nothing', async () => {
  await against(
    () => {},
    async (s) => {
      const sent = s.send()
      await s.clock.advance(0)
      await s.outbound.close()
      await sent
      expect(s.outbound.queue.entries).toHaveLength(1)
    },
  )
})

test('control characters of a reply do not reach the report', async () => {
  const talk: Talk = (socket, line) => {
    if (line === undefined) socket.write('550 no\x1b[31m \x00\xe4 way\r\n')
  }
  await against(talk, async (s) => {
    await s.send()
    expect(s.failures[0]?.diagnostic).toBe('550 no?[31m ??? way (forwarded from other.test)')
  })
})
