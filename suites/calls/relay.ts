// How the checks of calls set their scene: what METADATA says of the call relay, and clients of it.

import { satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { TurnAnswer, TurnClient, TurnLogin } from '../../harness/clients/turn.ts'
import type { Account } from '../../harness/host/account.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import type { UdpPlace } from '../../harness/wire/stun.ts'
import { requireCapability } from '../imap/scene.ts'

export interface Relay extends TurnLogin {
  readonly host: string
  readonly port: number
}

export interface Place {
  readonly client: TurnClient
  /** Where peers reach the client. */
  readonly relayed: UdpPlace
}

const key = '/shared/vendor/deltachat/turn'

/** The value as METADATA gives it; ends the check as unsupported where there is none. */
export async function announced(t: CheckContext, account: Account): Promise<string> {
  const client = await t.imap(account)
  await requireCapability(t, client, 'METADATA')
  const { values } = await client.getMetadata('', [key])
  const value = values.get(key)
  if (!value) t.unsupported('no call relay is named')
  return value
}

/** Of this host only: the relay of somebody else is not ours to try. */
export async function relayOf(t: CheckContext): Promise<Relay> {
  const [account] = await t.accounts(1)
  const match = /^([^:]+):(\d{1,5}):([^:]+):(\S+)$/.exec(await announced(t, account))
  const [, host = '', port = '', username = '', password = ''] = match ?? []
  t.control('the call relay is named as host:port:name:password', match !== null, named, {
    coveredBy: 'imap/names-turn-server',
  })
  const { domain } = t.host
  const bare = host.replace(/^\[(.*)\]$/, '$1')
  if (bare !== domain.replace(/^\[(.*)\]$/, '$1') && !bare.endsWith(`.${domain}`)) {
    t.unsupported(`names a call relay of somebody else: ${host}`)
  }
  return { host: bare, port: Number(port), username, password }
}

/** A client that the relay answers. Silence is the path's as much as the server's, so it decides nothing. */
export async function openClient(t: CheckContext, relay: Relay): Promise<{ client: TurnClient; first: TurnAnswer }> {
  const client = await t.turn(relay.host, relay.port)
  try {
    return { client, first: await client.allocate() }
  } catch (error) {
    if (!(error instanceof WireError) || error.code === 'aborted') throw error
    return t.inconclusive(`no answer from ${relay.host}:${relay.port} over UDP (${error.message}): filtered, or off`)
  }
}

/** A client with a place on the relay. */
export async function takePlace(t: CheckContext, relay: Relay): Promise<Place> {
  const { client } = await openClient(t, relay)
  const answer = await client.allocate(relay)
  t.control('the given credentials get a place on the relay', answer, succeeded, {
    coveredBy: 'calls/relay-takes-its-credentials',
  })
  if (answer.relayed === undefined) return t.inconclusive('the relay names no address for the place it gives')
  return { client, relayed: answer.relayed }
}

export const succeeded = satisfies<TurnAnswer>('success', ({ kind }) => kind === 'success', showAnswer)

export const refused = satisfies<TurnAnswer>(
  'refused with a 4xx code',
  ({ code }) => code >= 400 && code < 500,
  showAnswer,
)

/** Some servers say nothing to a client without a place, where RFC 8656 wants 437. */
export const refusedOrUnanswered = satisfies<TurnAnswer | WireError>(
  `${refused.description}, or no answer`,
  (answer) => (answer instanceof WireError ? answer.code === 'timeout' : refused.matches(answer)),
  (answer) => (answer instanceof WireError ? answer.message : showAnswer(answer)),
)

const named = satisfies<boolean>('so', (value) => value, String)

function showAnswer({ kind, code, reason }: TurnAnswer): string {
  return kind === 'success' ? 'success' : `error ${code} ${reason}`.trim()
}
