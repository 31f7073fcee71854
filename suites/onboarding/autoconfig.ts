// Checks of the autoconfig document, by which apps and mail programs find the mail servers of a domain.
import { check } from '../../harness/check/define.ts'
import { attempt, equals, imapOk, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import { type AutoconfigServer, autoconfigPath, parseAutoconfig } from '../../harness/discovery/autoconfig.ts'
import type { Account } from '../../harness/host/account.ts'
import { type Endpoint, standardPorts } from '../../harness/host/host.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { fetchPage, webAddress } from '../web-pages.ts'
import { isThrottled, letIn, loginByImap } from './login.ts'

const serves = check({
  id: 'onboarding/serves-autoconfig',
  requirement: 'onboarding.serves-autoconfig',
  title: 'serves an autoconfig document',
  needs: { reach: ['https'] },
  async run(t) {
    const response = await fetchPage(t, webAddress(t, autoconfigPath))
    t.expect('the status of config-v1.1.xml', response?.status, equals<number | undefined>(200))
    if (response?.status !== 200) return
    const servers = readable(response.text(), t.host.domain)
    const protocols = servers instanceof WireError ? [servers.message] : servers.map(({ protocol }) => protocol)
    const both = satisfies<readonly string[]>(
      'imap and smtp among them',
      (words) => words.includes('imap') && words.includes('smtp'),
      (words) => words.join(', ') || 'none',
    )
    t.expect('the protocols of the servers it lists', protocols, both)
  },
})

const endpointsWork = check({
  id: 'onboarding/autoconfig-endpoints-work',
  requirement: 'onboarding.autoconfig-endpoints-work',
  title: 'lets users log in at every server of its autoconfig document',
  needs: { accounts: 1, reach: ['https'] },
  async run(t) {
    const [account] = await t.accounts(1)
    t.control('the owner gets in where we found the server', (await loginByImap(t, account)).reply, imapOk, {
      coveredBy: 'onboarding/lets-owner-back-in',
    })
    const response = await fetchPage(t, webAddress(t, autoconfigPath))
    const servers = response?.status === 200 ? readable(response.text(), t.host.domain) : []
    const listed = servers instanceof WireError ? [] : servers
    // What is not listed cannot lead astray; whether there is a list is judged by serves-autoconfig.
    if (listed.length === 0) t.expect('servers listed that do not work', 0, equals(0))
    for (const server of listed) {
      const where = `${server.protocol} at ${server.hostname}:${server.port} (${server.socketType})`
      const outcome = await tryServer(t, server, account)
      if (outcome === 'unreachable') t.note(`${where}: no answer, which may be the network's doing; not judged`)
      else t.expect(where, outcome, equals('lets users log in'))
    }
    if (listed.length > 0) t.expect('user names are whole addresses', userNames(listed), equals('%EMAILADDRESS%'))
  },
})

/** One login at a listed server: what came of it, in words; `unreachable` where nothing at all came back. */
async function tryServer(t: CheckContext, server: AutoconfigServer, account: Account): Promise<string> {
  const endpoint = await attempt(endpointOf(t, server))
  if (endpoint instanceof WireError) return endpoint.message
  const outcome = await attempt(logIn(t, server, endpoint, account))
  if (!(outcome instanceof WireError)) return outcome
  const silent = outcome.code === 'timeout' || outcome.code === 'unreachable'
  return silent && outcome.stage === 'connect' ? 'unreachable' : outcome.message
}

async function logIn(
  t: CheckContext,
  { protocol, port, security }: AutoconfigServer,
  endpoint: Endpoint,
  { address, password }: Account,
): Promise<string> {
  // As core does it: the protocol is named by ALPN where the port does not tell it.
  const named = security === 'tls' && port !== standardPorts[endpoint.service]
  const options = { endpoint, ...(named ? { alpn: [protocol] } : {}) }
  if (protocol === 'imap') {
    const client = await t.imap(undefined, options)
    const reply = await client.login(address, password)
    return imapOk.matches(reply) ? 'lets users log in' : `LOGIN refused: ${reply.status} ${reply.text}`
  }
  const { client } = await t.submission(undefined, options)
  const reply = await client.authPlain(address, password)
  if (isThrottled(reply)) t.inconclusive('the server asks for patience at AUTH, as Dovecot does after failed logins')
  return letIn.matches(reply) ? 'lets users log in' : `AUTH refused: ${reply.code} ${reply.text}`
}

/** Port 443 is shared with the web, wherever a flag or an in-process server has put that. */
async function endpointOf(t: CheckContext, server: AutoconfigServer): Promise<Endpoint> {
  const { service, hostname, port, security } = server
  if (port !== standardPorts.https) return t.endpoint(service, hostname, port, security)
  return { ...(await t.endpoint('https', hostname, port, security)), service }
}

/** The forms in use; anything else would have to be asked for. */
function userNames(servers: readonly AutoconfigServer[]): string {
  return servers.find(({ username }) => username.toUpperCase() !== '%EMAILADDRESS%')?.username ?? '%EMAILADDRESS%'
}

function readable(xml: string, domain: string): readonly AutoconfigServer[] | WireError {
  try {
    return parseAutoconfig(xml, domain)
  } catch (error) {
    if (error instanceof WireError) return error
    throw error
  }
}

export const autoconfigChecks = [serves, endpointsWork]
