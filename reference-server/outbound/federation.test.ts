// Two reference servers that write to each other while the way is full of trouble: every message arrives, and once.
import { type AddressInfo, connect as connectTcp, createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import type { Fault, FaultPoint } from '../faults.ts'
import { type Reference, type ReferenceOptions, startReference } from '../index.ts'
import { createNetwork, type Network, type Place } from '../network/network.ts'
import { memoryStorage } from '../storage/memory.ts'
import { encryptedMessage } from '../test-mail/encrypted-message.ts'
import { openSession, submit } from '../test-mail/line-client.ts'

const perSender = 250
const senders = 4
const beforeIt = ['mx:greeting', 'mx:ehlo', 'mx:starttls'] as const
const inTransaction = ['mx:mail', 'mx:rcpt', 'mx:data', 'mx:message'] as const

test('1,000 messages each way arrive once, while faults run and a server restarts', async () => {
  const network = createNetwork()
  const limits = { perMinute: 0 }
  const start = (domain: string, more: ReferenceOptions) => startReference({ network, domains: [domain], ...more })
  // One asks by HTTPS every time, the other speaks SMTP only, through a wire that is cut now and then.
  const a = await start('a.test', { overrides: { limits, outbound: { transport: { https: 'never' } } } })
  const ofB: ReferenceOptions = { overrides: { limits, outbound: { transport: { smtpOnlySeconds: 0 } } } }
  const storage = memoryStorage()
  let b = await start('b.test', { ...ofB, storage })
  await using wire = await startWire(network, 'b.test', 12)
  for (const fault of [...troubles(inTransaction), ...troubles(['web:mxdeliv'], 16)]) a.faults.schedule(fault)
  for (const fault of troubles([...beforeIt, ...inTransaction])) b.faults.schedule(fault)

  const accounts = (server: Reference) => Array.from({ length: senders }, () => server.accounts.create())
  const [inA, inB] = [accounts(a), accounts(b)]
  const half = perSender / 2
  await Promise.all([write(a, inA, inB, [0, half]), write(b, inB, inA, [0, half])])

  // An orderly restart: peers hear 421 and come again later, what waits to be sent waits for the next life.
  b.faults.schedule({ at: 'mx:mail', kind: 'reply', text: '421 4.3.2 Shutting down', times: 1 })
  await Promise.all([a.queue.idle(), b.queue.pause()])
  const waited = b.queue.entries.length
  await b.close()
  const saved = b.accounts.save()
  b = await start('b.test', { ...ofB, certificates: b.certificates, storage: { ...storage, load: () => saved } })
  await wire.take()
  for (const fault of troubles([...beforeIt, ...inTransaction])) b.faults.schedule(fault)
  expect(b.queue.entries.length).toBeGreaterThanOrEqual(waited > 0 ? 1 : 0)

  await Promise.all([write(a, inA, inB, [half, perSender]), write(b, inB, inA, [half, perSender])])
  for (let round = 0; round < 300 && a.queue.entries.length + b.queue.entries.length > 0; round++) {
    await Promise.all([a.queue.flush(), b.queue.flush()])
  }

  const expected = ids([0, perSender])
  for (const [server, there, back] of [
    [b, inB, inA],
    [a, inA, inB],
  ] as const) {
    for (const [at, { address }] of there.entries()) {
      const messages = server.accounts.find(address)?.store.inbox.messages ?? []
      const texts = messages.map(({ bytes }) => Buffer.from(bytes).toString('latin1'))
      expect(texts.every((text) => text.includes(`From: <${back[at]?.address}>`))).toBe(true)
      expect(texts.map((text) => /^Message-ID: <(\d+)@/m.exec(text)?.[1]).sort()).toEqual(expected)
    }
  }
  expect(wire.cuts).toBe(12)
  expect([...a.faults.waiting, ...b.faults.waiting]).toEqual([])
  await Promise.all([a.close(), b.close()])
}, 60_000)

/** Trouble before the end of DATA: none of it can leave a message with both sides. */
function troubles(points: readonly FaultPoint[], times = 2): readonly Fault[] {
  return points.flatMap((at): Fault[] => {
    const text = at === 'web:mxdeliv' ? '503' : '451 4.3.0 Not now'
    return [
      { at, kind: 'reply', text, times },
      { at, kind: 'drop', times: times / 2 },
      { at, kind: 'slow', ms: 20, times },
    ]
  })
}

async function write(
  from: Reference,
  authors: readonly { readonly address: string; readonly password: string }[],
  to: readonly { readonly address: string }[],
  [first, last]: readonly [number, number],
): Promise<void> {
  await Promise.all(
    authors.map(async (author, at) => {
      await using client = await openSession(from, author)
      for (let n = first; n < last; n++) {
        const mail = encryptedMessage({ from: author.address, messageId: `<${n}@${author.address}>` })
        expect(await submit(client, author.address, [to[at]?.address ?? ''], mail)).toBe('250 OK')
      }
    }),
  )
}

function ids([first, last]: readonly [number, number]): readonly string[] {
  return Array.from({ length: last - first }, (_, at) => `${first + at}`).sort()
}

interface Wire extends AsyncDisposable {
  readonly cuts: number
  /** Takes the place of the server, again after that has started anew. */
  take(): Promise<void>
}

/**
 * Stands before port 25 of a name and cuts every 25th message in the middle. The cut goes through a TLS record, so that
 * the server never sees the end of DATA: had it seen it, nobody could say whether a second try is a duplicate.
 */
async function startWire(network: Network, name: string, mostCuts: number): Promise<Wire> {
  let cuts = 0
  let messages = 0
  let behind: Place | undefined
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    if (behind === undefined) return client.destroy()
    const upstream = connectTcp({ host: behind.address, port: behind.port, noDelay: true })
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.once('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    upstream.on('data', (chunk) => client.write(chunk))
    client.on('data', (chunk: Buffer) => {
      messages += chunk.length > 1_500 ? 1 : 0
      if (chunk.length <= 1_500 || cuts >= mostCuts || messages % 25 !== 0) {
        upstream.write(chunk)
        return
      }
      cuts += 1
      upstream.end(chunk.subarray(0, 700))
      client.destroySoon()
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const take = async () => {
    behind = await network.reach(name, 25)
    network.place(name, 25, { address: '127.0.0.1', port: (server.address() as AddressInfo).port })
  }
  await take()
  return {
    get cuts() {
      return cuts
    },
    take,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
