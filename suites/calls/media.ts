// Checks of what the call relay carries between two of its clients.
import { check } from '../../harness/check/define.ts'
import { attempt, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import { openClient, type Place, type Relay, refusedOrUnanswered, relayOf, succeeded, takePlace } from './relay.ts'

/** Datagrams get lost on real paths: each is sent so many times, and one is enough. */
const sendings = 5

const relaysBothWays = check({
  id: 'calls/relays-both-ways',
  requirement: 'calls.relays-both-ways',
  title: 'the call relay carries data both ways',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const { alice, bob } = await twoPlaces(t, await relayOf(t))
    await permitEachOther(t, alice, bob)
    t.expect('from the first to the second', await passes(t, alice, bob, 'there'), arrives('there'))
    t.expect('and back', await passes(t, bob, alice, 'back'), arrives('back'))
  },
})

const relaysOverChannels = check({
  id: 'calls/relays-over-channels',
  requirement: 'calls.relays-over-channels',
  title: 'the call relay carries data over channels',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const { alice, bob } = await twoPlaces(t, await relayOf(t))
    await permitEachOther(t, alice, bob)
    t.control('data passes without channels', await passes(t, alice, bob, 'plain'), arrives('plain'), {
      coveredBy: 'calls/relays-both-ways',
    })
    const bound = await alice.client.bind(0x4000, bob.relayed)
    t.expect('a channel is bound', bound, succeeded)
    if (bound.kind === 'success') t.expect('over it', await passes(t, alice, bob, 'short', 0x4000), arrives('short'))
  },
})

const keepsStrangersOut = check({
  id: 'calls/relay-keeps-strangers-out',
  requirement: 'calls.relay-keeps-strangers-out',
  title: 'the call relay passes nothing from addresses that were not permitted',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const { alice, bob } = await twoPlaces(t, await relayOf(t))
    t.control('the sender may send', await alice.client.permit(bob.relayed), succeeded, {
      coveredBy: 'calls/relays-both-ways',
    })
    const text = 'uninvited'
    for (let nth = 0; nth < sendings; nth++) alice.client.send(Buffer.from(text), bob.relayed)
    const came = await bob.client.receive(Math.min(1_000, t.host.timing.reply / 8))
    t.expect('what came without a permission', came ? Buffer.from(came.data).toString() : '', arrives(''))
    await bob.client.permit(alice.relayed)
    t.control('the same passes once permitted', await passes(t, alice, bob, 'invited'), arrives('invited'), {
      coveredBy: 'calls/relays-both-ways',
    })
  },
})

const renewsAllocations = check({
  id: 'calls/relay-renews-allocations',
  requirement: 'calls.relay-renews-allocations',
  title: 'the call relay renews a place, and frees it when told to',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const relay = await relayOf(t)
    const { client, relayed } = await takePlace(t, relay)
    t.expect('refresh', await client.refresh(600), succeeded)
    t.expect('refresh with lifetime 0', await client.refresh(0), succeeded)
    // coturn counts a lifetime of 0 as one second.
    await t.eventually('a permission afterwards', () => attempt(client.permit(relayed)), refusedOrUnanswered)
    t.control('the relay still answers', await client.binding(), succeeded, { coveredBy: 'calls/answers-stun-binding' })
  },
})

async function twoPlaces(t: CheckContext, relay: Relay): Promise<{ alice: Place; bob: Place }> {
  await openClient(t, relay)
  return { alice: await takePlace(t, relay), bob: await takePlace(t, relay) }
}

async function permitEachOther(t: CheckContext, alice: Place, bob: Place): Promise<void> {
  const permitted = [await alice.client.permit(bob.relayed), await bob.client.permit(alice.relayed)]
  for (const answer of permitted) t.expect('a permission for the other', answer, succeeded)
}

/** What the other got of it: the text, or nothing. */
async function passes(t: CheckContext, from: Place, to: Place, text: string, channel?: number): Promise<string> {
  const until = t.now() + t.host.timing.reply
  for (let nth = 0; nth < sendings; nth++) {
    if (channel === undefined) from.client.send(Buffer.from(text), to.relayed)
    else from.client.sendOver(channel, Buffer.from(text))
    const patience = Math.min(t.host.timing.reply / sendings, until - t.now())
    for (let came = await to.client.receive(patience); came; came = await to.client.receive(0)) {
      if (Buffer.from(came.data).toString() === text) return text
    }
  }
  return ''
}

function arrives(text: string) {
  return satisfies<string>(
    text === '' ? 'nothing' : `"${text}" arrives`,
    (got) => got === text,
    (got) => (got === '' ? 'nothing came' : `"${got}" came`),
  )
}

export const mediaChecks = [relaysBothWays, relaysOverChannels, keepsStrangersOut, renewsAllocations]
