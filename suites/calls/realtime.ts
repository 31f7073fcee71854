// The relay for realtime channels of apps in chats, which METADATA names by a URL.
import { check } from '../../harness/check/define.ts'
import { attempt, imapOk, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { requireCapability } from '../imap/scene.ts'
import { absolute } from '../web-pages.ts'

const key = '/shared/vendor/deltachat/irohrelay'

/** What apps and older ones ask to see whether it is there; a relay has one of them at least. */
const probes = ['/ping', '/generate_204', '/relay/probe'] as const

const answers = check({
  id: 'calls/realtime-relay-answers',
  requirement: 'calls.realtime-relay-answers',
  title: 'the relay for realtime channels that METADATA names is there',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const relay = await ownRelay(t)
    const said: string[] = []
    for (const path of probes) {
      const answer = await attempt(t.https.request(new URL(path, relay).href))
      // Only a port that refuses is the host's own doing.
      if (answer instanceof WireError && answer.code !== 'refused') throw answer
      said.push(`${path} ${answer instanceof WireError ? answer.code : answer.status}`)
    }
    t.expect('answers to the probes of apps', said, oneIsThere)
  },
})

/** What apps ask to go on with: a relay of their time speaks one of them at least. */
const protocols = ['websocket', 'iroh derp http'] as const

/** RFC 6455 4.1. A server that knows no subprotocol passes over it. */
const webSocketHeaders = {
  'Sec-WebSocket-Key': Buffer.from('chatmail-check/0').toString('base64'),
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Protocol': 'iroh-relay-v1',
}

const takesConnections = check({
  id: 'calls/realtime-relay-takes-connections',
  requirement: 'calls.realtime-relay-takes-connections',
  title: 'the relay for realtime channels lets apps connect',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const relay = await ownRelay(t)
    const url = new URL('/relay', relay).href
    const said: string[] = []
    for (const upgrade of protocols) {
      const headers = upgrade === 'websocket' ? webSocketHeaders : {}
      const answer = await attempt(t.https.request(url, { upgrade, headers }))
      // A connection that breaks or stays silent may be the doing of something on the way.
      if (answer instanceof WireError && answer.code !== 'refused') throw answer
      said.push(`${upgrade}: ${answer instanceof WireError ? answer.code : answer.status}`)
    }
    t.expect('answers at /relay to those who upgrade', said, oneAgrees)
  },
})

const oneAgrees = satisfies<readonly string[]>(
  '101 for one of them',
  (said) => said.some((each) => each.endsWith(': 101')),
  (said) => said.join(', '),
)

const oneIsThere = satisfies<readonly string[]>(
  'a 2xx status for one of them',
  (said) => said.some((each) => / 2\d\d$/.test(each)),
  (said) => said.join(', '),
)

/** The URL of the relay; ends the check as unsupported where none is named, or one that is not the host's. */
async function ownRelay(t: CheckContext): Promise<string> {
  const [account] = await t.accounts(1)
  const client = await t.imap(account)
  await requireCapability(t, client, 'METADATA')
  const { reply, values } = await client.getMetadata('', [key])
  t.control('GETMETADATA of the relay', reply, imapOk, { coveredBy: 'imap/names-iroh-relay' })
  const relay = absolute(values.get(key) ?? '', 'about:blank') ?? ''
  if (relay === '') t.unsupported('no relay for realtime channels is named')
  const name = new URL(relay).hostname.replace(/^\[(.*)\]$/, '$1')
  const domain = t.host.domain.replace(/^\[(.*)\]$/, '$1')
  // The relay of somebody else is not ours to try.
  if (name !== domain && !name.endsWith(`.${domain}`)) t.unsupported(`names a relay of somebody else: ${name}`)
  return relay
}

export const realtimeChecks = [answers, takesConnections]
