// Checks of what a server agrees to in a handshake: old versions, weak suites, no server name, protocols named by ALPN.
import { check } from '../../harness/check/define.ts'
import { attempt, equals } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { TlsFacts } from '../../harness/clients/tls-facts.ts'
import type { ClientHello } from '../../harness/clients/tls-probe.ts'
import type { Endpoint } from '../../harness/host/host.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { endWithout, type Failure, inWords, lookAt, mailServices, nameOf, secureServices } from './scene.ts'
import { ordinarySuites, suiteInWords, weakSuites } from './suite-numbers.ts'

/** For each port a session of today, and an offer of yesterday. */
const connections = 2 * secureServices.length

const refusesLegacy = check({
  id: 'transport/refuses-legacy-tls',
  requirement: 'transport.refuses-legacy-tls',
  title: 'refuses TLS 1.0 and 1.1 on every port',
  profile: 'list',
  needs: { connections },
  run: (t) => refuses(t, { version: 'TLS 1.1', suites: ordinarySuites }, ({ version }) => `takes ${version}`),
})

const refusesWeak = check({
  id: 'transport/refuses-weak-suites',
  requirement: 'transport.refuses-weak-suites',
  title: 'refuses suites without encryption, without certificate or with broken ciphers',
  profile: 'list',
  needs: { connections },
  run: (t) =>
    refuses(t, { version: 'TLS 1.2', suites: weakSuites }, ({ suite }) => `takes a suite ${suiteInWords(suite)}`),
})

/** Each port that gives a client of today a session must not agree to the offer. */
async function refuses(
  t: CheckContext,
  offer: ClientHello,
  tell: (agreed: { version: string; suite: number }) => string,
): Promise<void> {
  const { looks, failed } = await lookAt(t, secureServices)
  const unanswered: Failure[] = [...failed]
  for (const { endpoint, tls } of looks) {
    const answer = await attempt(t.offerTls(endpoint, { ...offer, serverName: tls.servername || undefined }))
    if (answer instanceof WireError) unanswered.push({ endpoint, error: answer })
    else t.expect(nameOf(endpoint), answer.kind === 'agrees' ? tell(answer) : 'refuses', equals('refuses'))
  }
  endWithout(t, unanswered)
}

const needsNoName = check({
  id: 'transport/needs-no-server-name',
  requirement: 'transport.needs-no-server-name',
  title: 'shows its certificate to clients that name no host',
  profile: 'list',
  needs: { connections, certificate: 'named' },
  async run(t) {
    const { looks, failed } = await lookAt(t, [...mailServices, 'smtp'])
    const unanswered: Failure[] = [...failed]
    for (const { endpoint, tls } of looks) {
      const unnamed = await attempt(t.tls(endpoint, { servername: false }))
      // With TLS 1.3, who is cut off for want of a name hears of it after the handshake.
      const cutOff = unnamed instanceof WireError && ['tls', 'closed', 'reset'].includes(unnamed.code)
      if (unnamed instanceof WireError && !cutOff) unanswered.push({ endpoint, error: unnamed })
      else
        t.expect(
          `the certificate without a server name at ${nameOf(endpoint)}`,
          compared(tls, unnamed),
          equals('the same'),
        )
    }
    endWithout(t, unanswered)
  },
})

function compared(named: TlsFacts, unnamed: TlsFacts | WireError): string {
  if (unnamed instanceof WireError) return inWords(unnamed)
  return named.nameMatches && !unnamed.nameMatches ? 'one for another name' : 'the same'
}

const acceptsAlpnSmtp = check({
  id: 'transport/accepts-alpn-smtp',
  requirement: 'transport.accepts-alpn-smtp',
  title: 'accepts a handshake for submission that offers smtp by ALPN',
  profile: 'list',
  needs: { reach: ['submissions'] },
  async run(t) {
    const endpoint = t.host.endpoints.submissions
    if (endpoint === undefined) return t.unsupported('no port with TLS from the start answers')
    const without = await attempt(greetingOf(t, endpoint))
    if (without instanceof WireError) return t.inconclusive(`no session without ALPN either: ${inWords(without)}`)
    const offering = await attempt(greetingOf(t, endpoint, 'smtp'))
    const outcome = offering instanceof WireError ? inWords(offering) : offering
    t.expect('the greeting after offering smtp', outcome, equals<string>(without))
  },
})

async function greetingOf(t: CheckContext, endpoint: Endpoint, protocol?: string): Promise<string> {
  const { client } = await t.submission(undefined, {
    endpoint,
    raw: true,
    ...(protocol === undefined ? {} : { alpn: [protocol] }),
  })
  return String(client.greeting.code)
}

export const handshakeChecks = [refusesLegacy, refusesWeak, needsNoName, acceptsAlpnSmtp]
