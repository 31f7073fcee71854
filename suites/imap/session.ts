// Checks of how an IMAP session begins: greeting, capabilities, and the way into TLS.
import { check } from '../../harness/check/define.ts'
import {
  attempt,
  equals,
  type ImapAnswer,
  imapOk,
  imapRefusedOrClosed,
  isTrue,
  satisfies,
} from '../../harness/check/matchers.ts'
import type { CheckContext, SessionOptions } from '../../harness/check/types.ts'
import type { ImapClient } from '../../harness/clients/imap.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { placeOf } from '../places.ts'
import { includesWord } from './expectations.ts'
import { capabilities, trySession } from './scene.ts'

const greets = check({
  id: 'imap/greets',
  requirement: 'imap.greets',
  title: 'greets an IMAP connection with OK',
  async run(t) {
    const services = (['imaps', 'imap'] as const).filter((service) => t.host.endpoints[service])
    t.control('there is a port for IMAP', services.length > 0, isTrue)
    for (const service of services) {
      const client = await trySession(t, { service, raw: true })
      // A trusted TLS connection is another rule's business.
      if (client instanceof WireError && client.stage === 'TLS') throw client
      const greeting = client instanceof WireError ? client.message : client.greeting.type
      if (greeting === 'BYE') t.inconclusive(`${service} is too busy for us: ${(client as ImapClient).greeting.text}`)
      t.expect(`the greeting on ${service}`, greeting, equals('OK'))
    }
  },
})

const answersCapability = check({
  id: 'imap/answers-capability',
  requirement: 'imap.answers-capability',
  title: 'answers CAPABILITY with a list that has IMAP4rev1',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const client = await t.imap(account)
    t.expect('CAPABILITY is answered', await attempt(client.capability()), imapOk)
    t.expect(
      'the list',
      [...client.capabilities],
      satisfies('IMAP4rev1 or IMAP4rev2 among them', (words) => words.some((word) => /^IMAP4REV[12]$/.test(word))),
    )
  },
})

const advertisesXchatmail = check({
  id: 'imap/advertises-xchatmail',
  requirement: 'imap.advertises-xchatmail',
  title: 'lists XCHATMAIL',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    t.expect('the capability list', await capabilities(t, await t.imap(account)), includesWord('XCHATMAIL'))
  },
})

const advertisesIdle = check({
  id: 'imap/advertises-idle',
  requirement: 'imap.advertises-idle',
  title: 'lists IDLE',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    t.expect('the capability list', await capabilities(t, await t.imap(account)), includesWord('IDLE'))
  },
})

const logsInOverStarttls = check({
  id: 'imap/logs-in-over-starttls',
  requirement: 'imap.logs-in-over-starttls',
  title: 'lets users log in after STARTTLS',
  needs: { accounts: 1, reach: ['imap'] },
  async run(t) {
    const [account] = await t.accounts(1)
    const client = await tryStarttls(t)
    if (client === undefined) return t.unsupported('no STARTTLS port answers')
    const reply = client instanceof WireError ? client : await attempt(client.login(account.address, account.password))
    t.expect('LOGIN after STARTTLS', reply, imapOk)
    if (client instanceof WireError) return
    const selected = await attempt(client.select('INBOX'))
    t.expect('INBOX is opened there', selected instanceof WireError ? selected : selected.reply, imapOk)
  },
})

const refusesCleartextLogin = check({
  id: 'imap/refuses-cleartext-login',
  requirement: 'imap.refuses-cleartext-login',
  title: 'refuses a login before STARTTLS',
  // Credentials of its own: what goes in the clear must not be anybody's.
  needs: { creates: 1, reach: ['imap'] },
  async run(t) {
    const client = await cleartextSession(t)
    if (!client) return
    const { address, password } = t.unusedCredentials()
    if (client.capabilities.size === 0) await attempt(client.capability())
    const warned = client.capabilities.has('LOGINDISABLED')
    const inClear = await attempt(client.login(address, password))
    const inTls = await attempt((await t.imap()).login(address, password))
    t.control('the same credentials are good over TLS', inTls, imapOk)
    await t.made({ address, password })
    // Dovecot trusts connections from its own machine, and then does not announce LOGINDISABLED either.
    if (!warned && isOwnMachine(t) && imapOk.matches(inClear)) {
      t.inconclusive('this server may trust its own machine: check it from elsewhere')
    }
    t.expect('LOGIN in the clear', inClear, imapRefusedOrClosed)
  },
})

const discardsInjected = check({
  id: 'imap/discards-commands-injected-before-tls',
  requirement: 'imap.discards-commands-injected-before-tls',
  title: 'does not run inside TLS what came in the clear behind STARTTLS',
  needs: { cost: 'intrusive', reach: ['imap'] },
  async run(t) {
    const client = await cleartextSession(t)
    if (!client) return
    const reply = await attempt(client.command(['STARTTLS', '\r\ninjected CAPABILITY'], { stage: 'STARTTLS' }))
    const upgraded: ImapAnswer = reply instanceof WireError || reply.status !== 'OK' ? reply : await upgrade(client)
    const control = await tryStarttls(t)
    t.control('STARTTLS works by itself', !(control instanceof WireError), isTrue, {
      coveredBy: 'imap/logs-in-over-starttls',
    })
    const answered = client.events().some((response) => response.tag === 'injected')
    t.note(imapOk.matches(upgraded) ? 'TLS began' : 'the server refused or closed, which is safe')
    t.expect('an answer inside TLS to what was injected', answered, equals(false))
  },
})

/** The handshake and one command of our own: whatever was injected is answered before it. */
async function upgrade(client: ImapClient): Promise<ImapAnswer> {
  const failed = await attempt(client.upgrade())
  // Answered in plain text, before TLS: outside of what the user believes protected.
  if (failed instanceof WireError) return failed
  return attempt(client.noop())
}

const acceptsStarttlsWithoutSni = check({
  id: 'imap/accepts-starttls-without-sni',
  requirement: 'imap.accepts-starttls-without-sni',
  title: 'upgrades to TLS for a client that names no host',
  needs: { reach: ['imap'] },
  async run(t) {
    const named = await tryStarttls(t)
    if (named === undefined) return t.unsupported('no STARTTLS port answers')
    if (named instanceof WireError) t.inconclusive('STARTTLS does not work at all: see imap/logs-in-over-starttls')
    const unnamed = await tryStarttls(t, { servername: false })
    t.expect('STARTTLS without a host name', unnamed instanceof WireError ? unnamed.message : 'works', equals('works'))
  },
})

const acceptsAlpnImap = check({
  id: 'imap/accepts-alpn-imap',
  requirement: 'imap.accepts-alpn-imap',
  title: 'accepts a handshake that offers imap by ALPN',
  needs: { reach: ['imaps'] },
  async run(t) {
    if (!t.host.endpoints.imaps) t.unsupported('no port with TLS from the start answers')
    const without = await trySession(t, { service: 'imaps', raw: true })
    if (without instanceof WireError) t.inconclusive(`no session without ALPN either: ${without.message}`)
    const offering = await trySession(t, { service: 'imaps', raw: true, alpn: ['imap'] })
    const outcome = offering instanceof WireError ? offering.message : offering.greeting.type
    t.expect('the greeting after offering imap', outcome, equals('OK'))
  },
})

/** A session after STARTTLS, or why there is none; undefined where no port offers that. */
async function tryStarttls(t: CheckContext, options: SessionOptions = {}): Promise<ImapClient | WireError | undefined> {
  const endpoint = placeOf(t, 'imap')
  return endpoint === undefined ? undefined : trySession(t, { ...options, endpoint })
}

/** The STARTTLS port as its greeting left it. Without such a port nothing can go wrong there, and the rule holds. */
async function cleartextSession(t: CheckContext): Promise<ImapClient | undefined> {
  const endpoint = placeOf(t, 'imap')
  if (endpoint !== undefined) return t.imap(undefined, { endpoint, raw: true })
  t.expect('no port speaks IMAP in the clear', true, isTrue)
  return undefined
}

function isOwnMachine(t: CheckContext): boolean {
  return /^(127\.|::1$)/.test(placeOf(t, 'imap')?.address ?? '')
}

export const sessionChecks = [
  greets,
  answersCapability,
  advertisesXchatmail,
  advertisesIdle,
  logsInOverStarttls,
  refusesCleartextLogin,
  discardsInjected,
  acceptsStarttlsWithoutSni,
  acceptsAlpnImap,
]
