// One port 25 for many exchanges of a live peer: whose a message is shows when its recipients are named. What a sender says
// before that is noted for all of them. Used by standing-peer.ts.
import { createServer, type Socket } from 'node:net'
import { createSecureContext } from 'node:tls'
import type { ConnectionTap, Transcript } from '../../clients/transcript.ts'
import { type Answer, type Arrival, exchangeLimits, type Visit } from '../arrival.ts'
import type { Leaf } from '../authority.ts'
import { listen } from '../exchange-servers.ts'
import { SmtpReceiver } from '../smtp-receiver.ts'

/** Whoever takes mail for a domain here. */
export interface Tenant {
  readonly domain: string
  /** Asked from RCPT on. */
  readonly answer: Answer
  readonly transcript: Transcript
  readonly arrivals: Arrival[]
  readonly visits: Visit[]
}

export interface SharedPort extends AsyncDisposable {
  /** The returned function ends it: from then on its domain is unknown here. */
  admit(tenant: Tenant): () => void
}

/** Lines kept for those who come to know of a connection later. */
const mostKept = 200

export async function openSharedPort(options: {
  readonly address: string
  readonly port: number
  /** The name of the host. */
  readonly name: string
  readonly leaf: Leaf
}): Promise<SharedPort> {
  const { address, port, name, leaf } = options
  const tenants = new Map<string, Tenant>()
  const receivers = new Set<SmtpReceiver>()
  const secure = createSecureContext({ cert: leaf.certificate, key: leaf.key, minVersion: 'TLSv1.2' })
  const server = createServer((socket) => {
    const receiver = new SmtpReceiver(socket, {
      hostName: name,
      secure,
      greetingDelayMs: 0,
      ...conversation(socket, name, tenants),
    })
    receivers.add(receiver)
    socket.once('close', () => receivers.delete(receiver))
  })
  await listen(server, address, port)
  return {
    admit(tenant) {
      const domain = tenant.domain.toLowerCase()
      tenants.set(domain, tenant)
      return () => {
        if (tenants.get(domain) === tenant) tenants.delete(domain)
      }
    },
    async [Symbol.asyncDispose]() {
      for (const receiver of receivers) receiver.close()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** What one connection says, shown to the tenants that it turns out to be about. */
function conversation(socket: Socket, name: string, tenants: ReadonlyMap<string, Tenant>) {
  const visit: Visit = { via: 'smtp', tls: 'none', ended: false }
  const kept: ((tap: ConnectionTap) => void)[] = []
  const taps = new Map<Tenant, ConnectionTap>()
  /** Of the message that is being handed over. */
  let involved = new Set<Tenant>()
  const say = (line: (tap: ConnectionTap) => void) => {
    if (kept.length < mostKept) kept.push(line)
    for (const tap of taps.values()) line(tap)
  }
  const meet = (tenant: Tenant) => {
    if (taps.has(tenant)) return
    const tap = tenant.transcript.tap()
    tap.note(`a connection to port 25 of ${name}`)
    for (const line of kept) line(tap)
    taps.set(tenant, tap)
    if (tenant.visits.length < exchangeLimits.arrivals) tenant.visits.push(visit)
  }
  const answer: Answer = (stage, value) => {
    if (stage === 'mail') involved = new Set()
    if (stage === 'data') return [...involved].map((tenant) => tenant.answer(stage, value)).find(isRefusal)
    if (stage !== 'rcpt') return undefined
    const tenant = tenants.get(domainOf(value))
    if (tenant === undefined) return '550 5.1.1 nobody here has that name'
    meet(tenant)
    const refusal = tenant.answer(stage, value)
    if (refusal === undefined) involved.add(tenant)
    return refusal
  }
  const taken = (arrival: Arrival) => {
    for (const tenant of involved) {
      const to = arrival.to.filter((address) => domainOf(address) === tenant.domain.toLowerCase())
      if (tenant.arrivals.length < exchangeLimits.arrivals) tenant.arrivals.push({ ...arrival, to })
    }
  }
  socket.once('close', () => {
    visit.ended = true
  })
  return {
    answer,
    taken,
    visit,
    tap: {
      sent: (text: string) => say((tap) => tap.sent(text)),
      received: (line: string) => say((tap) => tap.received(line)),
      receivedLiteral: (octets: Uint8Array) => say((tap) => tap.receivedLiteral(octets)),
      note: (text: string) => say((tap) => tap.note(text)),
    },
  }
}

const isRefusal = (reply: string | undefined): reply is string => reply !== undefined

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}
