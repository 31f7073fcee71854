// Checks of who gets onto the call relay, and with what.
import { createHmac } from 'node:crypto'
import { check } from '../../harness/check/define.ts'
import { attempt, satisfies } from '../../harness/check/matchers.ts'
import type { TurnAnswer } from '../../harness/clients/turn.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { announced, openClient, refused, relayOf, succeeded } from './relay.ts'

/** Of chatmail-turn's published source. */
const publishedSecret = 'north'

const answersBinding = check({
  id: 'calls/answers-stun-binding',
  requirement: 'calls.answers-stun-binding',
  title: 'the call relay tells a client its own address',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const { client } = await openClient(t, await relayOf(t))
    const answer = await attempt(client.binding())
    const tells = satisfies<TurnAnswer | WireError>(
      'success with an address',
      (value) => !(value instanceof WireError) && value.kind === 'success' && value.mapped !== undefined,
      (value) => (value instanceof WireError ? value.message : `${value.kind} ${value.code}`),
    )
    t.expect('binding request', answer, tells)
  },
})

const takesCredentials = check({
  id: 'calls/relay-takes-its-credentials',
  requirement: 'calls.relay-takes-its-credentials',
  title: 'the call relay takes the credentials that METADATA gives',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const relay = await relayOf(t)
    const { client } = await openClient(t, relay)
    t.expect('allocate', await client.allocate(relay), succeeded)
    await client.refresh(0)
  },
})

const requiresLogin = check({
  id: 'calls/relay-requires-login',
  requirement: 'calls.relay-requires-login',
  title: 'the call relay lets nobody in without credentials',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const { first } = await openClient(t, await relayOf(t))
    t.expect('allocate without credentials', first, refused)
  },
})

const refusesWrongPassword = check({
  id: 'calls/relay-refuses-wrong-password',
  requirement: 'calls.relay-refuses-wrong-password',
  title: 'the call relay refuses a wrong password',
  profile: 'full',
  needs: { accounts: 1, cost: 'intrusive', risky: true },
  async run(t) {
    const relay = await relayOf(t)
    const good = await openClient(t, relay)
    t.control('allocate with the right one', await good.client.allocate(relay), succeeded, {
      coveredBy: 'calls/relay-takes-its-credentials',
    })
    await good.client.refresh(0)
    const { client, first } = await openClient(t, relay)
    t.control('it asks for a login', first, refused, { coveredBy: 'calls/relay-requires-login' })
    const wrong = { username: relay.username, password: `not ${relay.password}` }
    t.expect('allocate with a wrong one', await client.allocate(wrong), refused)
  },
})

const givesFresh = check({
  id: 'calls/gives-fresh-credentials',
  requirement: 'calls.gives-fresh-credentials',
  title: 'call relay credentials run from the moment they are asked for',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const expiry = async () => Number((await announced(t, account)).split(':').at(-2))
    const before = t.now()
    const first = await expiry()
    if (Number.isNaN(first)) t.unsupported('the credentials carry no time')
    await t.pause(1_100)
    const second = await expiry()
    // Our own waiting for a processor is not the server's.
    const most = Math.max(5, Math.ceil((t.now() - before) / 1_000) + 1)
    const later = satisfies<number>(`1 to ${most}`, (seconds) => seconds >= 1 && seconds <= most, String)
    t.expect('seconds that credentials of 1.1 seconds later last longer', second - first, later)
  },
})

const usesOwnSecret = check({
  id: 'calls/uses-own-relay-secret',
  requirement: 'calls.uses-own-relay-secret',
  title: 'whether call relay credentials are made with a secret that is published',
  profile: 'full',
  observes: true,
  needs: { accounts: 1 },
  async run(t) {
    const { username, password } = await relayOf(t)
    t.observe(password === createHmac('sha1', publishedSecret).update(username).digest('base64'))
  },
})

const namesUsable = check({
  id: 'calls/names-usable-relay',
  requirement: 'calls.names-usable-relay',
  title: 'the name of the call relay survives how apps read it',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const [host = ''] = (await announced(t, account)).split(':')
    const usable = satisfies<string>('a host name or an IPv4 address', (name) =>
      /^[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?$/i.test(name),
    )
    t.expect('what stands before the first colon', host, usable)
  },
})

export const accessChecks = [
  answersBinding,
  takesCredentials,
  requiresLogin,
  refusesWrongPassword,
  givesFresh,
  usesOwnSecret,
  namesUsable,
]
