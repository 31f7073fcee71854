// A real DNS server on a loopback UDP port, for tests: a zone as a literal, with wildcards (RFC 4592), and what to do with names
// that make trouble.
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'

export interface Zone {
  readonly A?: readonly string[]
  readonly AAAA?: readonly string[]
  readonly MX?: readonly (readonly [preference: number, exchange: string])[]
  readonly TXT?: readonly (readonly string[])[]
  readonly SRV?: readonly (readonly [priority: number, weight: number, port: number, target: string])[]
  readonly CAA?: readonly (readonly [flags: number, tag: string, value: string])[]
  /** Instead of an answer. */
  readonly trouble?: 'SERVFAIL' | 'silence'
}

export interface Place {
  readonly address: string
  readonly port: number
}

export interface DnsServer extends AsyncDisposable {
  /** `127.0.0.1:PORT`, unless told otherwise. */
  readonly address: string
  readonly questions: readonly string[]
}

const types: Readonly<Record<number, 'A' | 'AAAA' | 'MX' | 'TXT' | 'SRV' | 'CAA'>> = {
  1: 'A',
  15: 'MX',
  16: 'TXT',
  28: 'AAAA',
  33: 'SRV',
  257: 'CAA',
}

/** `zones` may grow while it runs. `beyond` gives a name server that knows other names. */
export async function startDnsServer(
  zones: Readonly<Record<string, Zone>>,
  {
    at = { address: '127.0.0.1', port: 0 },
    beyond = () => undefined,
  }: { readonly at?: Place; readonly beyond?: () => Place | undefined } = {},
): Promise<DnsServer> {
  const socket = createSocket('udp4')
  const passedOn = new Set<Socket>()
  const questions: string[] = []
  socket.on('message', (query, peer) => {
    const { name, type, end } = readQuestion(query)
    questions.push(`${types[type] ?? type} ${name}`)
    const zone = find(zones, name)
    const other = beyond()
    if (zone === undefined && other !== undefined) return passOn(query, peer, other)
    if (zone?.trouble === 'silence') return
    const rcode = zone === undefined ? 3 : zone.trouble === 'SERVFAIL' ? 2 : 0
    const kind = types[type]
    const answers = rcode === 0 && kind !== undefined ? records(zone, kind) : []
    const head = Buffer.from(query.subarray(0, 12))
    head.writeUInt16BE(0x8580 | rcode, 2)
    head.writeUInt16BE(answers.length, 6)
    head.writeUInt32BE(0, 8)
    const body = answers.map((data) => {
      const record = Buffer.from([0xc0, 0x0c, 0, 0, 0, 1, 0, 0, 0, 60, 0, 0])
      record.writeUInt16BE(type, 2)
      record.writeUInt16BE(data.length, 10)
      return Buffer.concat([record, data])
    })
    socket.send(Buffer.concat([head, query.subarray(12, end), ...body]), peer.port, peer.address)
  })
  const passOn = (query: Buffer, peer: RemoteInfo, { address, port }: Place) => {
    const other = createSocket('udp4')
    passedOn.add(other)
    other.once('message', (reply) => {
      socket.send(reply, peer.port, peer.address)
      passedOn.delete(other)
      other.close()
    })
    other.send(query, port, address)
  }
  socket.bind(at.port, at.address)
  await once(socket, 'listening')
  return {
    address: `${at.address}:${socket.address().port}`,
    questions,
    [Symbol.asyncDispose]: async () => {
      for (const other of passedOn) other.close()
      socket.close()
      await once(socket, 'close')
    },
  }
}

/** The zone of the name, or that of the wildcard below its closest encloser. A name with names below it exists. */
function find(zones: Readonly<Record<string, Zone>>, name: string): Zone | undefined {
  const known = (one: string): Zone | undefined =>
    zones[one] ?? (Object.keys(zones).some((other) => other.endsWith(`.${one}`)) ? {} : undefined)
  const exact = known(name)
  if (exact !== undefined) return exact
  const labels = name.split('.')
  for (let at = 1; at < labels.length; at++) {
    const encloser = labels.slice(at).join('.')
    if (known(encloser) !== undefined) return zones[`*.${encloser}`]
  }
  return undefined
}

function readQuestion(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = []
  let at = 12
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 }
}

function records(zone: Zone | undefined, kind: 'A' | 'AAAA' | 'MX' | 'TXT' | 'SRV' | 'CAA'): readonly Buffer[] {
  if (kind === 'A') return (zone?.A ?? []).map((ip) => Buffer.from(ip.split('.').map(Number)))
  if (kind === 'AAAA') return (zone?.AAAA ?? []).map(ipv6)
  if (kind === 'MX') return (zone?.MX ?? []).map(([preference, name]) => numbered([preference], name))
  if (kind === 'SRV') return (zone?.SRV ?? []).map(([a, b, port, name]) => numbered([a, b, port], name))
  if (kind === 'CAA')
    return (zone?.CAA ?? []).map(([flags, tag, value]) => Buffer.from([flags, tag.length, ...Buffer.from(tag + value)]))
  return (zone?.TXT ?? []).map((chunks) =>
    Buffer.concat(chunks.map((text) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]))),
  )
}

function numbered(numbers: readonly number[], name: string): Buffer {
  const head = Buffer.alloc(numbers.length * 2)
  for (const [index, value] of numbers.entries()) head.writeUInt16BE(value, index * 2)
  const labels = name.split('.').filter((label) => label !== '')
  const encoded = labels.map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]))
  return Buffer.concat([head, ...encoded, Buffer.from([0])])
}

/** Full form or one `::`. */
function ipv6(address: string): Buffer {
  const [front = '', back] = address.split('::')
  const left = front === '' ? [] : front.split(':')
  const right = back === undefined || back === '' ? [] : back.split(':')
  const groups = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right]
  const buffer = Buffer.alloc(16)
  for (const [index, group] of groups.entries()) buffer.writeUInt16BE(Number.parseInt(group, 16), index * 2)
  return buffer
}
