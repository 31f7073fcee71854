// One TURN allocation: a relay socket of a client, with its permissions and channels (RFC 8656 2.2). Used by the server.
import { createSocket, type Socket } from 'node:dgram'
import type { Clock } from '../clock.ts'
import type { Transport } from './stun.ts'

/** Milliseconds (RFC 8656 2.3 and 2.5). */
const permissionTime = 300_000
const channelTime = 600_000
/** Of each kind; a client has few peers. */
const mostPeers = 100

export interface Allocation {
  readonly client: Transport
  readonly username: string
  /** The request that made it: sent again, it is answered again. */
  readonly transaction: Buffer
  readonly relayed: Transport
  /** False when there are too many. */
  permit(address: string): boolean
  mayHear(address: string): boolean
  /** False when the number or the peer is bound otherwise. */
  bind(channel: number, peer: Transport): boolean
  peerOf(channel: number): Transport | undefined
  channelOf(peer: Transport): number | undefined
  send(data: Buffer, peer: Transport): void
  /** Lives `seconds` from now on. */
  extend(seconds: number): void
  close(): void
}

export async function allocate(options: {
  readonly client: Transport
  readonly username: string
  readonly transaction: Buffer
  /** IP address for the relay socket. */
  readonly host: string
  readonly clock: Clock
  readonly received: (allocation: Allocation, data: Buffer, peer: Transport) => void
  readonly ended: (allocation: Allocation) => void
}): Promise<Allocation> {
  const { client, username, transaction, host, clock } = options
  const socket: Socket = createSocket('udp4')
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.bind(0, host, () => {
      socket.off('error', reject)
      resolve()
    })
  })
  // An unreachable peer is no trouble of ours: datagrams get lost.
  socket.on('error', () => {})
  const permissions = new Map<string, number>()
  const channels = new Map<number, { readonly peer: Transport; readonly until: number }>()
  let cancel = () => {}
  let open = true

  const channelOf = (peer: Transport) => {
    for (const [channel, bound] of channels) {
      if (bound.until > clock.now() && equal(bound.peer, peer)) return channel
    }
    return undefined
  }
  const allocation: Allocation = {
    client,
    username,
    transaction,
    relayed: { address: host, port: socket.address().port },
    permit(address) {
      if (!permissions.has(address) && permissions.size >= mostPeers) return false
      permissions.set(address, clock.now() + permissionTime)
      return true
    },
    mayHear: (address) => (permissions.get(address) ?? 0) > clock.now(),
    bind(channel, peer) {
      const bound = channels.get(channel)
      if (bound !== undefined && bound.until > clock.now() && !equal(bound.peer, peer)) return false
      if (![undefined, channel].includes(channelOf(peer))) return false
      if (bound === undefined && channels.size >= mostPeers) return false
      channels.set(channel, { peer, until: clock.now() + channelTime })
      return allocation.permit(peer.address)
    },
    peerOf(channel) {
      const bound = channels.get(channel)
      return bound !== undefined && bound.until > clock.now() ? bound.peer : undefined
    },
    channelOf,
    send: (data, { address, port }) => {
      if (open) socket.send(data, port, address, () => {})
    },
    extend(seconds) {
      cancel()
      cancel = clock.after(seconds * 1000, () => allocation.close())
    },
    close() {
      if (!open) return
      open = false
      cancel()
      socket.close()
      options.ended(allocation)
    },
  }
  socket.on('message', (data, { address, port }) => options.received(allocation, data, { address, port }))
  return allocation
}

function equal(one: Transport, other: Transport): boolean {
  return one.address === other.address && one.port === other.port
}
