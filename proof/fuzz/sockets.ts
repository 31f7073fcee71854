// The clients themselves, in front of a peer on loopback that answers with bad octets. Used by targets.ts.
import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { createHttp } from '../../harness/clients/http.ts'
import { openImap } from '../../harness/clients/imap.ts'
import { openSmtp } from '../../harness/clients/smtp.ts'
import { Transcript } from '../../harness/clients/transcript.ts'
import { openTurn } from '../../harness/clients/turn.ts'
import { createResolver } from '../../harness/discovery/resolver.ts'
import type { Endpoint } from '../../harness/host/host.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import * as seeds from './seeds.ts'
import type { Target, Targets } from './target.ts'

/** Long for loopback; who waits longer waits for what never comes. */
const timing = { connect: 2_000, reply: 2_000 }
/** Milliseconds after which the peer goes on, though the client waits for more. */
const impatience = 10
const trust = { mode: 'presented' } as const

interface Peer {
  port: number
  /** What it says: the first piece at once, each further one when the client has said something. Then it hangs up. */
  script: readonly Uint8Array[]
}

export async function openClients(): Promise<Targets> {
  const peer: Peer = { port: 0, script: [] }
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (socket) => play(socket, peer.script, sockets))
  peer.port = await listening(server)
  const udp = createSocket('udp4')
  let packets: readonly Uint8Array[] = []
  udp.on('message', (question, { port, address }) => {
    const [answer, ...rest] = packets
    packets = rest.length > 0 ? rest : packets
    if (answer) udp.send(asAnswer(question, answer), port, address)
  })
  udp.bind(0, '127.0.0.1')
  await once(udp, 'listening')

  const endpoint = (service: Endpoint['service']): Endpoint => ({
    service,
    security: 'none',
    name: 'peer.test',
    address: '127.0.0.1',
    port: peer.port,
  })
  const options = (service: Endpoint['service']) => ({
    endpoint: endpoint(service),
    trust,
    timing,
    transcript: new Transcript(),
  })
  const told = (input: Uint8Array): void => {
    peer.script = pieces(input)
  }

  const targets: Target[] = [
    {
      name: 'IMAP client',
      seeds: seeds.imapSessions.slice(-6),
      words: [seeds.turn, '* BYE x\r\n', 'a2 OK\r\n', '+ \r\n', '* 99999999999 EXISTS\r\n', '* 1 EXPUNGE\r\n'],
      says: [WireError],
      waits: true,
      share: 10,
      async read(input) {
        told(input)
        await using client = await openImap(options('imap'))
        await client.login('alice', 'secret')
        await client.select('INBOX')
        await client.uidFetch('1:*', '(FLAGS BODY.PEEK[])')
        await client.getMetadata('', ['/shared/vendor/deltachat/turn'])
        await client.quotaRoot('INBOX')
        await client.list('', '*')
        const idle = await client.idle()
        await idle.next(20)
        await idle.done()
      },
    },
    {
      name: 'SMTP client',
      seeds: seeds.smtpSessions.slice(0, 6),
      words: [seeds.turn, '250 ok\r\n', '334 \r\n', '354 go\r\n', '421 bye\r\n'],
      says: [WireError],
      waits: true,
      share: 10,
      async read(input) {
        told(input)
        await using client = await openSmtp(options('submission'))
        await client.authPlain('alice', 'secret')
        await client.pipeline(['MAIL FROM:<a@b>', 'RCPT TO:<c@d>'])
        await client.command('DATA')
        await client.body(Buffer.from('Subject: x\r\n\r\n.\r\n'))
        await client.quit()
      },
    },
    {
      name: 'HTTP client',
      seeds: seeds.httpAnswers,
      words: [
        'HTTP/1.1 ',
        'Location: /x\r\n',
        'Content-Length: ',
        'Transfer-Encoding: chunked\r\n',
        '\r\n\r\n',
        'ffff\r\n',
      ],
      says: [WireError],
      waits: true,
      share: 10,
      async read(input) {
        peer.script = [new Uint8Array(0), input]
        const http = createHttp({ trust, timing, transcript: new Transcript(), locate: async () => endpoint('http') })
        const answer = await http.request('http://peer.test/new', { follow: 2 })
        answer.text()
        answer.json()
      },
    },
    {
      name: 'TURN client',
      seeds: [Buffer.concat(seeds.stunPackets.flatMap((packet) => [packet, Buffer.from(seeds.turn)]))],
      words: [seeds.turn, '\x01\x03', '\x01\x13', '\0\x09\0\x04'],
      says: [WireError],
      waits: true,
      share: 2,
      async read(input) {
        packets = pieces(input)
        const { port } = udp.address()
        const all = { address: '127.0.0.1', port, reply: 40, transcript: new Transcript() }
        await using client = await openTurn({ ...all, signal: AbortSignal.timeout(2_000) })
        await client.allocate({ username: 'u', password: 'p' })
        await client.permit({ address: '192.0.2.1', port: 9 })
        await client.receive(1)
      },
    },
    {
      name: 'DNS answers',
      seeds: [
        Buffer.from(
          '00008580000100010000000004636861740474657374000010000100c00c001000010000003c0006057631203d78',
          'hex',
        ),
      ],
      words: ['\xc0\x0c', '\0\x10\0\x01', '\x3f', '\xff\xff'],
      says: [WireError],
      waits: true,
      share: 2,
      async read(input) {
        packets = [input]
        const resolver = createResolver({ server: `127.0.0.1:${udp.address().port}`, timeout: 20 })
        await resolver.txt('chat.test')
      },
    },
  ]
  return {
    targets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await Promise.all([closed(server), closed(udp)])
    },
  }
}

function play(socket: Socket, script: readonly Uint8Array[], sockets: Set<Socket>): void {
  sockets.add(socket)
  const left = [...script]
  let timer: ReturnType<typeof setTimeout> | undefined
  const say = (): void => {
    clearTimeout(timer)
    const piece = left.shift()
    if (piece !== undefined && piece.length > 0) socket.write(piece)
    if (left.length === 0) socket.end()
    else timer = setTimeout(say, impatience)
  }
  socket.on('error', () => {})
  socket.on('close', () => {
    clearTimeout(timer)
    sockets.delete(socket)
  })
  socket.on('data', say)
  say()
}

function pieces(input: Uint8Array): readonly Uint8Array[] {
  const found: Uint8Array[] = []
  let from = 0
  for (let at = input.indexOf(0x1e); at >= 0; at = input.indexOf(0x1e, from)) {
    found.push(input.subarray(from, at))
    from = at + 1
  }
  return [...found, input.subarray(from)]
}

/** A packet that carries the number of the question: without it nobody would read on. STUN has it at 8, DNS at 0. */
function asAnswer(question: Uint8Array, answer: Uint8Array): Buffer {
  const packet = Buffer.from(answer)
  const isStun = question.length >= 20 && question[4] === 0x21 && question[5] === 0x12
  if (isStun && packet.length >= 20) packet.set(question.subarray(8, 20), 8)
  if (!isStun && packet.length >= 2) packet.set(question.subarray(0, 2), 0)
  return packet.subarray(0, 60_000)
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function closed(socket: Server | UdpSocket): Promise<void> {
  return new Promise((resolve) => socket.close(() => resolve()))
}
