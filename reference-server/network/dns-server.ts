// A real name server over a network of the reference server, UDP and TCP: for programs that find mail servers by DNS.
// Started by `serve --dns`.
import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { once } from 'node:events'
import { type AddressInfo, createServer, isIPv6, type Server, type Socket } from 'node:net'
import { type Answer, AUTHORITATIVE_ANSWER, decode, encode, type Packet, RECURSION_DESIRED } from 'dns-packet'
import { answerQuestion, rcodes, replyTo, type Said } from './dns-answer.ts'
import type { Network, Place } from './network.ts'

/** Queries have one question and perhaps an OPT record; 512 octets would do. */
const mostQueryOctets = 1_232
/** Replies by UDP: without EDNS, and with it. */
const plainReplyOctets = 512
const ednsReplyOctets = 1_232
const mostTcpClients = 64
const tcpIdleMs = 10_000
/** Questions of one TCP client that wait for their answers. */
const mostWaiting = 16

const headerOctets = 12
const truncated = 1 << 9
const queryOrReply = 1 << 15
const opcodes = 0x7800

export interface DnsServer extends AsyncDisposable {
  readonly at: Place
  close(): Promise<void>
}

/** Port 0: any that is free on both UDP and TCP. Rejects when the port cannot be had. */
export async function startDnsServer(options: { readonly network: Network } & Place): Promise<DnsServer> {
  const { network, address } = options
  const { udp, tcp, port } = await bind(address, options.port)
  const clients = new Set<Socket>()
  let closed = false
  udp.on('message', (query, peer) => {
    void answer(network, query, 'udp').then((reply) => {
      // A peer that is gone by now is not our trouble.
      if (reply !== undefined && !closed) udp.send(reply, peer.port, peer.address, () => {})
    })
  })
  udp.on('error', () => {})
  tcp.on('connection', (client) => {
    if (clients.size >= mostTcpClients) {
      client.destroy()
      return
    }
    clients.add(client)
    client.once('close', () => clients.delete(client))
    client.on('error', () => client.destroy())
    client.setTimeout(tcpIdleMs, () => client.destroy())
    serveTcp(client, network)
  })
  const close = async () => {
    if (closed) return
    closed = true
    const done = [once(udp, 'close'), once(tcp, 'close')]
    for (const client of clients) client.destroy()
    udp.close()
    tcp.close()
    await Promise.all(done)
  }
  return { at: { address, port }, close, [Symbol.asyncDispose]: close }
}

async function bind(address: string, wanted: number): Promise<{ udp: UdpSocket; tcp: Server; port: number }> {
  for (let tries = 5; ; tries--) {
    const tcp = createServer({ noDelay: true })
    tcp.listen(wanted, address)
    await once(tcp, 'listening')
    const { port } = tcp.address() as AddressInfo
    const udp = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
    try {
      udp.bind(port, address)
      await once(udp, 'listening')
      return { udp, tcp, port }
    } catch (error) {
      udp.close()
      tcp.close()
      if (wanted !== 0 || tries === 0) throw error
    }
  }
}

/** Messages have their length in front (RFC 1035 4.2.2); answers go out in the order of the questions. */
function serveTcp(client: Socket, network: Network): void {
  let pending = Buffer.alloc(0)
  let waiting = 0
  let last = Promise.resolve()
  client.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk])
    while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
      const query = pending.subarray(2, 2 + pending.readUInt16BE(0))
      pending = pending.subarray(2 + query.length)
      waiting++
      last = last.then(async () => {
        const reply = await answer(network, query, 'tcp')
        waiting--
        if (reply === undefined || reply.length > 65_535) client.destroy()
        else if (client.writable) client.write(Buffer.concat([lengthOf(reply), reply]))
      })
    }
    const announced = pending.length >= 2 ? pending.readUInt16BE(0) : 0
    if (announced > mostQueryOctets || waiting > mostWaiting || client.writableLength > 1_000_000) client.destroy()
  })
}

function lengthOf(message: Buffer): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(message.length)
  return length
}

/** Undefined: what came is not a query, and nothing is said. Never rejects. */
async function answer(network: Network, octets: Buffer, by: 'udp' | 'tcp'): Promise<Buffer | undefined> {
  if (octets.length < headerOctets || octets.length > mostQueryOctets) return undefined
  const head = octets.readUInt16BE(2)
  if ((head & queryOrReply) !== 0) return undefined
  if ((head & opcodes) !== 0) return refusal(octets, rcodes.notImplemented)
  const [questions, answers, authorities, additionals] = [4, 6, 8, 10].map((at) => octets.readUInt16BE(at))
  if (questions !== 1 || answers !== 0 || authorities !== 0 || (additionals ?? 0) > 2)
    return refusal(octets, rcodes.formatError)
  let query: Packet
  try {
    query = decode(octets)
  } catch {
    return refusal(octets, rcodes.formatError)
  }
  try {
    return await reply(network, query, by)
  } catch {
    return refusal(octets, rcodes.serverFailure)
  }
}

async function reply(network: Network, query: Packet, by: 'udp' | 'tcp'): Promise<Buffer> {
  const [question] = query.questions ?? []
  const asked = query.additionals?.find((record) => record.type === 'OPT')
  const tooNew = asked !== undefined && asked.ednsVersion > 0
  const nothing: Said = { rcode: rcodes.ok, answers: [], authorities: [] }
  const inside = question?.class === 'IN'
  const said =
    tooNew || question === undefined
      ? nothing
      : inside
        ? await answerQuestion(network, question)
        : { ...nothing, rcode: rcodes.refused }
  const flags = AUTHORITATIVE_ANSWER | ((query.flags ?? 0) & RECURSION_DESIRED)
  // BADVERS is 16: its upper bits stand in the OPT record.
  const edns = asked && options(tooNew ? 1 : 0)
  const whole = encode(replyTo(query, said, flags, edns))
  const room = asked === undefined ? plainReplyOctets : Math.min(Math.max(asked.udpPayloadSize, 512), ednsReplyOctets)
  if (by === 'tcp' || whole.length <= room) return whole
  return encode(replyTo(query, { ...said, answers: [], authorities: [] }, flags | truncated, edns))
}

function options(extendedRcode: number): Answer {
  return {
    type: 'OPT',
    name: '.',
    udpPayloadSize: ednsReplyOctets,
    extendedRcode,
    ednsVersion: 0,
    flags: 0,
    flag_do: false,
    options: [],
  }
}

/** The head of the query as a reply without content. */
function refusal(octets: Buffer, rcode: number): Buffer {
  const head = Buffer.alloc(headerOctets)
  octets.copy(head, 0, 0, 4)
  head.writeUInt16BE((octets.readUInt16BE(2) & (opcodes | RECURSION_DESIRED)) | queryOrReply | rcode, 2)
  return head
}
