// Checks of port 443 where it is shared with mail: who offers imap or smtp by ALPN is led there. What autoconfig lists is a
// promise; without a listing the port may be the web's alone.
import { check } from '../../harness/check/define.ts'
import { attempt, equals } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import { autoconfigPath, parseAutoconfig } from '../../harness/discovery/autoconfig.ts'
import { type Endpoint, standardPorts } from '../../harness/host/host.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { placeOf } from '../places.ts'
import { fetchPage, webAddress } from '../web-pages.ts'
import { inWords } from './scene.ts'

type Protocol = 'imap' | 'smtp'

export const sharedPortChecks = (['imap', 'smtp'] as const).map((protocol) =>
  check({
    id: `transport/serves-${protocol}-on-443`,
    requirement: `transport.serves-${protocol}-on-443`,
    title: `leads clients that offer ${protocol} to ${protocol === 'imap' ? 'IMAP' : 'submission'} on port 443`,
    profile: 'list',
    needs: { reach: ['https'], connections: 3 },
    async run(t) {
      const own = t.host.endpoints[services[protocol]]
      if (own !== undefined)
        t.control('the greeting on its own port', await greeting(t, protocol, own), equals(greetings[protocol]))
      const https = placeOf(t, 'https')
      // A web server waits for a request: it never says a word.
      const greeted =
        https === undefined
          ? 'nobody listens'
          : await greeting(t, protocol, { ...https, service: services[protocol] }, [protocol])
      if (!(await isListed(t, protocol)) && greeted !== greetings[protocol])
        t.unsupported(`autoconfig lists no ${protocol} at port 443, and it is not there: ${greeted}`)
      t.expect(`the greeting on port 443 after offering ${protocol}`, greeted, equals(greetings[protocol]))
    },
  }),
)

const services = { imap: 'imaps', smtp: 'submissions' } as const

/** The good ones. */
const greetings: Readonly<Record<Protocol, string>> = { imap: 'OK', smtp: '220' }

/** In words where there is none. */
async function greeting(
  t: CheckContext,
  protocol: Protocol,
  endpoint: Endpoint,
  alpn?: readonly string[],
): Promise<string> {
  const options = { endpoint, raw: true, ...(alpn === undefined ? {} : { alpn }) }
  const outcome = await attempt<string>(
    protocol === 'imap'
      ? t.imap(undefined, options).then((client) => client.greeting.type)
      : t.submission(undefined, options).then(({ client }) => String(client.greeting.code)),
  )
  return outcome instanceof WireError ? inWords(outcome) : outcome
}

async function isListed(t: CheckContext, protocol: Protocol): Promise<boolean> {
  const response = await fetchPage(t, webAddress(t, autoconfigPath))
  if (response?.status !== 200) return false
  try {
    // Wherever a flag or an in-process server has put it.
    const ports: readonly (number | undefined)[] = [standardPorts.https, t.host.endpoints.https?.port]
    const servers = parseAutoconfig(response.text(), t.host.domain)
    return servers.some((one) => one.protocol === protocol && ports.includes(one.port))
  } catch (error) {
    if (error instanceof WireError) return false
    throw error
  }
}
