// What the name server says to one question: looks it up in a network, follows aliases, says what is not there. No sockets.
import type { Answer, Packet } from 'dns-packet'
import type { Network } from './network.ts'
import { type DnsAnswer, type DnsRecord, plainName, type RecordType } from './records.ts'

/** RFC 1035 4.1.1 and RFC 6891 6.1.3. */
export const rcodes = { ok: 0, formatError: 1, serverFailure: 2, noName: 3, notImplemented: 4, refused: 5 } as const

/** Seconds; what deployed zones have. */
const ttl = 3_600
const mostAliases = 8
const recordTypes: readonly RecordType[] = ['A', 'AAAA', 'CNAME', 'MX', 'TXT', 'SRV', 'CAA', 'NS', 'SOA']

export interface Said {
  readonly rcode: number
  readonly answers: readonly Answer[]
  readonly authorities: readonly Answer[]
}

/** `type` is its name or `UNKNOWN_n`. The owner of the first record is written as the client wrote it. */
export async function answerQuestion(network: Network, asked: { name: string; type: string }): Promise<Said> {
  // Everything at once is what attackers amplify with (RFC 8482).
  if (['ANY', 'AXFR', 'IXFR'].includes(asked.type)) return { rcode: rcodes.refused, answers: [], authorities: [] }
  const type = recordTypes.find((known) => known === asked.type)
  const answers: Answer[] = []
  let name = asked.name
  for (let hop = 0; hop <= mostAliases; hop++) {
    const alias = type === 'CNAME' ? undefined : await network.look(name, 'CNAME')
    const target = alias?.records[0]?.target
    if (target !== undefined) {
      answers.push({ type: 'CNAME', name, ttl, data: target })
      name = target
      continue
    }
    // A type that nobody here has tells only whether the name exists.
    const found: DnsAnswer<RecordType> = await network.look(name, type ?? 'A')
    if (alias?.status === 'trouble' || found.status === 'trouble') break
    const owner = name
    const records = type === undefined ? [] : found.records.map((record) => wireRecord(record, owner))
    if (records.length > 0) return { rcode: rcodes.ok, answers: [...answers, ...records], authorities: [] }
    const rcode = found.status === 'no-name' ? rcodes.noName : rcodes.ok
    return { rcode, answers, authorities: [await authority(network, name)] }
  }
  return { rcode: rcodes.serverFailure, answers: [], authorities: [] }
}

/** The SOA of the nearest zone above the name, of the root where there is none: for how long to believe a no. */
async function authority(network: Network, name: string): Promise<Answer> {
  const labels = plainName(name).split('.')
  for (let at = 0; at < labels.length; at++) {
    const zone = labels.slice(at).join('.')
    const [soa] = (await network.look(zone, 'SOA')).records
    if (soa !== undefined) return wireRecord(soa, soa.name)
  }
  const timing = { serial: 1, refresh: 3_600, retry: 600, expire: 86_400, minimum: 0 }
  return { type: 'SOA', name: '.', ttl: 0, data: { mname: '.', rname: '.', ...timing } }
}

function wireRecord(record: DnsRecord, name: string): Answer {
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return { type: record.type, name, ttl, data: record.address }
    case 'CNAME':
    case 'NS':
      return { type: record.type, name, ttl, data: record.target }
    case 'MX':
      return { type: 'MX', name, ttl, data: { preference: record.preference, exchange: record.exchange } }
    case 'TXT':
      return { type: 'TXT', name, ttl, data: strings(record.text) }
    case 'SRV': {
      const { target, port, priority, weight } = record
      return { type: 'SRV', name, ttl, data: { target, port, priority, weight } }
    }
    case 'CAA':
      return {
        type: 'CAA',
        name,
        ttl,
        data: { flags: record.flags, tag: record.tag as 'issue', value: record.value },
      }
    case 'SOA': {
      const { primary: mname, mailbox: rname, serial, refresh, retry, expire, minimum } = record
      return { type: 'SOA', name, ttl: minimum, data: { mname, rname, serial, refresh, retry, expire, minimum } }
    }
  }
}

/** A string of a TXT record has at most 255 octets (RFC 1035 3.3). */
function strings(text: string): Buffer[] {
  const octets = Buffer.from(text)
  const parts: Buffer[] = []
  for (let at = 0; at === 0 || at < octets.length; at += 255) parts.push(octets.subarray(at, at + 255))
  return parts
}

/** The whole reply; `options` is the OPT record of EDNS, which must be in it when it was in the query. */
export function replyTo(query: Packet, said: Said, flags: number, options: Answer | undefined): Packet {
  return {
    type: 'response',
    id: query.id,
    flags: flags | said.rcode,
    questions: query.questions,
    answers: [...said.answers],
    authorities: [...said.authorities],
    additionals: options === undefined ? [] : [options],
  }
}
