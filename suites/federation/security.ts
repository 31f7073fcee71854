// Checks of the line to other servers: nothing goes out in clear, or to somebody who cannot prove the name.
import { check } from '../../harness/check/define.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { ExchangeOptions } from '../../harness/peer/exchange.ts'
import { beVisited, expectThere, nothing, sendOut, sendSentinel, toPeer } from './scene.ts'

const two = { ...toPeer, accounts: 1, messages: 2 } as const

/** Sends to an exchange that must get nothing, waits until it was tried, and until another one got its mail. */
async function getsNothing(t: CheckContext, options: ExchangeOptions): Promise<void> {
  const [alice] = await t.accounts(1)
  const exchange = await t.exchange(options)
  await sendOut(t, alice, exchange.address('someone'))
  await beVisited(t, exchange)
  await sendSentinel(t, alice)
  t.expect('what that server got', exchange.arrivals, nothing)
}

const requiresTls = check({
  id: 'federation/requires-tls',
  requirement: 'federation.requires-tls',
  title: 'sends nothing to a server without TLS',
  profile: 'list',
  needs: two,
  run: (t) => getsNothing(t, { clear: true }),
})

const certificates = (
  [
    ['stranger', 'refuses-unknown-authority', 'that nobody known has signed'],
    ['other-name', 'refuses-other-name', 'for another name'],
    ['expired', 'refuses-expired', 'that has expired'],
  ] as const
).map(([certificate, rule, words]) =>
  check({
    id: `federation/${rule}`,
    requirement: 'federation.verifies-certificates',
    title: `sends nothing to a server with a certificate ${words}`,
    profile: 'list',
    needs: two,
    run: (t) => getsNothing(t, { certificate }),
  }),
)

const overHttps = check({
  id: 'federation/refuses-unknown-authority-by-https',
  requirement: 'federation.verifies-certificates',
  title: 'posts nothing to a server with a certificate that nobody known has signed',
  profile: 'list',
  needs: two,
  run: (t) => getsNothing(t, { certificate: 'stranger', https: 'mxdeliv' }),
})

const reachesPrivateNames = check({
  id: 'federation/reaches-private-names',
  requirement: 'federation.reaches-private-names',
  title: 'delivers to a domain with an underscore, whatever its certificate',
  profile: 'list',
  needs: { ...toPeer, accounts: 1, messages: 1 },
  async run(t) {
    const [alice] = await t.accounts(1)
    const exchange = await t.exchange({ privateName: true, certificate: 'self' })
    await expectThere(t, exchange, await sendOut(t, alice, exchange.address('someone')))
  },
})

export const securityChecks = [requiresTls, ...certificates, overHttps, reachesPrivateNames]
