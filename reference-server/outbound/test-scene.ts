// The way out with a virtual clock, a network of its own, and other servers at its end. For tests of outbound/ only.
import { type Behaviour, conforming, type DeepPartial, merge } from '../behaviour/index.ts'
import { virtualClock } from '../clock.ts'
import type { Failure } from '../delivery/bounce.ts'
import { createDkimKeys, type SavedDkimKeys } from '../dkim/keys.ts'
import { createJournal } from '../journal.ts'
import { createNetwork } from '../network/network.ts'
import { memoryStorage } from '../storage/memory.ts'
import { encryptedMessage } from '../test-mail/encrypted-message.ts'
import { createOutbound } from './outbound.ts'
import { type PeerOptions, startPeer, type TestPeer } from './test-peer.ts'

export const alice = 'alice1234@chat.test'
export const bob = 'bob@other.test'
export const carol = 'carol@other.test'

export interface Scene extends AsyncDisposable {
  readonly peer: TestPeer
  readonly network: ReturnType<typeof createNetwork>
  readonly clock: ReturnType<typeof virtualClock>
  readonly outbound: ReturnType<typeof createOutbound>
  readonly storage: ReturnType<typeof memoryStorage>
  readonly failures: (Failure & { readonly sender: string })[]
  /** Hands a message over and waits until there is nothing to do for now. */
  send(recipients?: readonly string[], text?: string, sender?: string): Promise<void>
  addPeer(options: PeerOptions): Promise<TestPeer>
}

/** An RSA key takes a quarter of a second: one is enough for all scenes. */
let made: Promise<SavedDkimKeys> | undefined
function savedKeys(): Promise<SavedDkimKeys> {
  made ??= createDkimKeys(() => conforming().dkim).save()
  return made
}

export async function scene(change: DeepPartial<Behaviour> = {}, options: PeerOptions = {}): Promise<Scene> {
  const behaviour = merge<Behaviour>(conforming(), change)
  const clock = virtualClock()
  const network = createNetwork()
  const failures: Scene['failures'] = []
  const storage = memoryStorage()
  const outbound = createOutbound({
    domains: ['chat.test'],
    behaviour: () => behaviour,
    clock,
    journal: createJournal(clock),
    network,
    keys: createDkimKeys(() => behaviour.dkim, { saved: await savedKeys() }),
    storage,
    returned: (failure, { sender }) => failures.push({ ...failure, sender }),
  })
  const peers = [await startPeer(network, options)]
  return {
    peer: peers[0] as TestPeer,
    network,
    clock,
    storage,
    outbound,
    failures,
    async send(recipients = [bob], text = encryptedMessage({ from: alice }), sender = alice) {
      outbound.enqueue({ sender, recipients, bytes: Buffer.from(text, 'latin1') })
      await outbound.queue.idle()
    },
    async addPeer(more) {
      const peer = await startPeer(network, more)
      peers.push(peer)
      return peer
    },
    async [Symbol.asyncDispose]() {
      await outbound.close()
      for (const peer of peers) await peer[Symbol.asyncDispose]()
    },
  }
}
