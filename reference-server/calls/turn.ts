// A small TURN server over UDP (RFC 8656): binding, allocate, refresh, permissions, send and data, channels; long-term
// credentials. It relays between addresses of this machine only, so it is of no use to strangers. Started by startReference.
import { createHmac, randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import type { Behaviour } from '../behaviour/index.ts'
import type { Clock } from '../clock.ts'
import type { Journal } from '../journal.ts'
import type { Listener } from '../smtp/listener.ts'
import { type Allocation, allocate } from './allocation.ts'
import type { TurnCredentials } from './credentials.ts'
import {
  type Attribute,
  attributes,
  classes,
  decodeAddress,
  decodeStun,
  encodeAddress,
  encodeStun,
  errorCode,
  find,
  isSignedBy,
  longTermKey,
  methods,
  number32,
  type StunMessage,
  type Transport,
} from './stun.ts'

export interface TurnOptions {
  readonly domain: string
  readonly behaviour: () => Behaviour
  readonly clock: Clock
  readonly journal: Journal
  readonly credentials: TurnCredentials
  readonly host: string
  readonly port: number
}

type Answer = { readonly attributes: readonly Attribute[] } | { readonly code: number; readonly reason: string }

const udp = 17
/** Of RFC 5766; RFC 8656 ends it at 0x4fff, deployed clients go on. */
const channelStart = 0x4000
const channelEnd = 0x8000
/** Seconds a nonce is good for, and the longest life of an allocation. */
const nonceSeconds = 3_600
const longestLifetime = 3_600
/** Attributes a client may demand that we understand. */
const understood: ReadonlySet<number> = new Set(Object.values(attributes))

export async function startTurn(options: TurnOptions): Promise<Listener> {
  const { domain, clock, journal, credentials, host } = options
  const rules = () => options.behaviour().calls
  const socket = createSocket('udp4')
  const allocations = new Map<string, Allocation>()
  const making = new Set<string>()
  const nonceKey = randomBytes(16)
  let open = true

  const say = (packet: Buffer, { address, port }: Transport) => {
    if (open) socket.send(packet, port, address, () => {})
  }
  const nonceFor = (seconds: number, { address, port }: Transport) => {
    const mac = createHmac('sha256', nonceKey).update(`${seconds} ${address} ${port}`).digest('hex')
    return `${seconds.toString(16)}-${mac.slice(0, 24)}`
  }
  const isFresh = (nonce: string, client: Transport) => {
    const made = Number.parseInt(nonce, 16)
    return nonce === nonceFor(made, client) && clock.now() / 1000 - made < nonceSeconds
  }
  const isOurs = (address: string) => address.startsWith('127.') || address === host

  /** The key the request was signed with, or why it cannot be served. */
  const login = (request: StunMessage, client: Transport): { key: Buffer; username: string } | Answer => {
    const { realm: template, requiresLogin, acceptsWrongPassword, refusesGoodCredentials } = rules()
    const realm = template.replaceAll('{domain}', domain)
    const username = find(request, attributes.username)?.toString() ?? ''
    if (!requiresLogin && request.signed === undefined) return { key: longTermKey('', realm, ''), username }
    if (request.signed === undefined) return { code: 401, reason: 'Unauthorized' }
    const nonce = find(request, attributes.nonce)?.toString() ?? ''
    if (find(request, attributes.realm) === undefined || username === '' || nonce === '') {
      return { code: 400, reason: 'Bad Request' }
    }
    if (!isFresh(nonce, client)) return { code: 438, reason: 'Stale Nonce' }
    const password = credentials.passwordOf(username)
    const key = longTermKey(username, realm, password ?? '')
    const right = password !== undefined && isSignedBy(request, key)
    if (refusesGoodCredentials || (!right && !acceptsWrongPassword)) return { code: 401, reason: 'Unauthorized' }
    return { key, username }
  }

  const relayed = (allocation: Allocation, data: Buffer, peer: Transport) => {
    if (rules().relays !== 'both-ways') return
    if (!rules().ignoresPermissions && !allocation.mayHear(peer.address)) return
    const channel = allocation.channelOf(peer)
    if (channel !== undefined) {
      const head = Buffer.alloc(4)
      head.writeUInt16BE(channel, 0)
      head.writeUInt16BE(data.length, 2)
      say(Buffer.concat([head, data]), allocation.client)
      return
    }
    const parts = [encodeAddress(attributes.xorPeerAddress, peer), { type: attributes.data, value: data }]
    const { data: method } = methods
    say(
      encodeStun({ method, class: classes.indication, transaction: randomBytes(12), attributes: parts }),
      allocation.client,
    )
  }
  const pass = (allocation: Allocation | undefined, data: Buffer, peer: Transport | undefined) => {
    if (allocation === undefined || peer === undefined || rules().relays === 'nothing') return
    if (isOurs(peer.address) && allocation.mayHear(peer.address)) allocation.send(data, peer)
  }

  const allocated = (allocation: Allocation, lifetime: number): Answer => ({
    attributes: [
      encodeAddress(attributes.xorRelayedAddress, allocation.relayed),
      encodeAddress(attributes.xorMappedAddress, allocation.client),
      number32(attributes.lifetime, lifetime),
    ],
  })
  const makeAllocation = async (request: StunMessage, client: Transport, username: string): Promise<Answer> => {
    const known = allocations.get(keyOf(client))
    if (known?.transaction.equals(request.transaction)) return allocated(known, rules().allocationSeconds)
    if (known !== undefined || making.has(keyOf(client))) return { code: 437, reason: 'Allocation Mismatch' }
    const transport = find(request, attributes.requestedTransport)
    if (transport?.length !== 4) return { code: 400, reason: 'Bad Request' }
    if (transport[0] !== udp) return { code: 442, reason: 'Unsupported Transport Protocol' }
    const family = find(request, attributes.requestedAddressFamily)
    if (family !== undefined && family[0] !== 1) return { code: 440, reason: 'Address Family not Supported' }
    if (find(request, attributes.reservationToken) !== undefined) return { code: 508, reason: 'Insufficient Capacity' }
    if (allocations.size + making.size >= rules().allocations) return { code: 508, reason: 'Insufficient Capacity' }
    making.add(keyOf(client))
    try {
      const allocation = await allocate({
        client,
        username,
        transaction: Buffer.from(request.transaction),
        host,
        clock,
        received: relayed,
        ended: (ended) => allocations.delete(keyOf(ended.client)),
      })
      if (!open) {
        allocation.close()
        return { code: 508, reason: 'Insufficient Capacity' }
      }
      allocations.set(keyOf(client), allocation)
      const lifetime = lifetimeOf(request, rules().allocationSeconds)
      allocation.extend(lifetime)
      journal.add('calls', `allocated a relay port, ${allocations.size} in use`)
      return allocated(allocation, lifetime)
    } finally {
      making.delete(keyOf(client))
    }
  }

  const withAllocation = (request: StunMessage, allocation: Allocation): Answer => {
    const peers = request.attributes
      .filter(({ type }) => type === attributes.xorPeerAddress)
      .map(({ value }) => decodeAddress(value))
    const foreign = peers.some((peer) => peer !== undefined && !isOurs(peer.address))
    if (foreign) return { code: 403, reason: 'Forbidden' }
    switch (request.method) {
      case methods.refresh: {
        if (!rules().refresh) return { code: 400, reason: 'Bad Request' }
        const lifetime = lifetimeOf(request, rules().allocationSeconds)
        if (lifetime === 0) allocation.close()
        else allocation.extend(lifetime)
        return { attributes: [number32(attributes.lifetime, lifetime)] }
      }
      case methods.createPermission: {
        if (peers.length === 0 || peers.includes(undefined)) return { code: 400, reason: 'Bad Request' }
        const room = peers.every((peer) => peer !== undefined && allocation.permit(peer.address))
        return room ? { attributes: [] } : { code: 508, reason: 'Insufficient Capacity' }
      }
      case methods.channelBind: {
        const channel = find(request, attributes.channelNumber)?.readUInt16BE(0) ?? 0
        const [peer] = peers
        const bound = rules().channels && channel >= channelStart && channel < channelEnd && peer !== undefined
        return bound && allocation.bind(channel, peer) ? { attributes: [] } : { code: 400, reason: 'Bad Request' }
      }
      default:
        return { code: 400, reason: 'Bad Request' }
    }
  }

  const respond = async (request: StunMessage, client: Transport) => {
    const { method, transaction } = request
    const reply = (answer: Answer, key?: Buffer) => {
      const failed = 'code' in answer
      const challenge = [
        { type: attributes.realm, value: Buffer.from(rules().realm.replaceAll('{domain}', domain)) },
        { type: attributes.nonce, value: Buffer.from(nonceFor(Math.floor(clock.now() / 1000), client)) },
      ]
      const list = failed ? [errorCode(answer.code, answer.reason)] : [...answer.attributes]
      if (failed && (answer.code === 401 || answer.code === 438)) list.push(...challenge)
      const kind = failed ? classes.error : classes.success
      say(encodeStun({ method, class: kind, transaction, attributes: list }, key), client)
    }
    const unknown = request.attributes.filter(({ type }) => type < 0x8000 && !understood.has(type))
    if (unknown.length > 0) {
      const types = Buffer.alloc(unknown.length * 2)
      for (const [at, { type }] of unknown.entries()) types.writeUInt16BE(type, at * 2)
      const list = [errorCode(420, 'Unknown Attribute'), { type: attributes.unknownAttributes, value: types }]
      say(encodeStun({ method, class: classes.error, transaction, attributes: list }), client)
      return
    }
    if (method === methods.binding) {
      if (rules().answersBinding) reply({ attributes: [encodeAddress(attributes.xorMappedAddress, client)] })
      return
    }
    const outcome = login(request, client)
    if (!('key' in outcome)) {
      reply(outcome)
      return
    }
    const { key, username } = outcome
    if (method === methods.allocate) {
      reply(await makeAllocation(request, client, username), key)
      return
    }
    const allocation = allocations.get(keyOf(client))
    if (allocation === undefined) {
      if (rules().refusesWithoutPlace) reply({ code: 437, reason: 'Allocation Mismatch' }, key)
    } else if (allocation.username !== username) reply({ code: 441, reason: 'Wrong Credentials' }, key)
    else reply(withAllocation(request, allocation), key)
  }

  const take = async (packet: Buffer, client: Transport) => {
    if (rules().turn === 'silent' || packet.length === 0) return
    const first = packet[0] ?? 0
    if (first >= channelStart >> 8 && first < channelEnd >> 8) {
      if (packet.length < 4 || packet.length < 4 + packet.readUInt16BE(2)) return
      const allocation = allocations.get(keyOf(client))
      const data = packet.subarray(4, 4 + packet.readUInt16BE(2))
      pass(allocation, data, allocation?.peerOf(packet.readUInt16BE(0)))
      return
    }
    const message = decodeStun(packet)
    if (message?.class === classes.request) await respond(message, client)
    if (message?.class === classes.indication && message.method === methods.send) {
      const peer = find(message, attributes.xorPeerAddress)
      const data = find(message, attributes.data)
      if (peer && data) pass(allocations.get(keyOf(client)), data, decodeAddress(peer))
    }
  }

  socket.on('message', (packet, { address, port }) => {
    take(packet, { address, port }).catch((error: unknown) => {
      journal.add('calls', `packet not served: ${error instanceof Error ? error.message : error}`)
    })
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.bind(options.port, host, () => {
      socket.off('error', reject)
      resolve()
    })
  })
  socket.on('error', (error) => journal.add('calls', `listener: ${error.message}`))
  return {
    port: socket.address().port,
    async close() {
      open = false
      for (const allocation of [...allocations.values()]) allocation.close()
      await new Promise<void>((resolve) => socket.close(() => resolve()))
    },
  }
}

function lifetimeOf(request: StunMessage, ordinary: number): number {
  const asked = find(request, attributes.lifetime)
  if (asked?.length !== 4) return ordinary
  const seconds = asked.readUInt32BE(0)
  return seconds === 0 ? 0 : Math.min(Math.max(seconds, ordinary), longestLifetime)
}

function keyOf({ address, port }: Transport): string {
  return `${address} ${port}`
}
