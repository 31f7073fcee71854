// Logins on the submission ports: required, possible for Delta Chat, and as announced.
import { check, observation } from '../../harness/check/define.ts'
import { attempt, code, codeClass, equals, refusedOrClosed, satisfies } from '../../harness/check/matchers.ts'
import type { SmtpClient } from '../../harness/clients/smtp.ts'
import type { Account } from '../../harness/host/account.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { nameRecipient, unthrottled } from '../throttled.ts'

export const requiresLogin = check({
  id: 'sender/refuses-mail-without-login',
  requirement: 'sender.requires-login',
  title: 'takes no mail on the submission port without a login',
  needs: { accounts: 2, messages: 1 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const mail = await t.mail.encrypted(alice, bob)
    const asked = await unthrottled(t, async () => {
      const { client } = await t.submission(alice)
      return nameRecipient(client, alice.address, bob.address)
    })
    t.control('the owner may name a recipient', asked, codeClass(2))

    const stranger = await t.submission()
    t.expect('a stranger is refused', await stranger.send(mail), refusedOrClosed)
  },
})

export const acceptsAddressLiteral = check({
  id: 'sender/accepts-address-literal',
  requirement: 'sender.accepts-address-literal',
  title: 'takes mail from a client that says EHLO [127.0.0.1]',
  needs: { accounts: 1 },
  async run(t) {
    const [alice] = await t.accounts(1)
    const asked = await unthrottled(t, async () => {
      const session = await attempt(t.submission(undefined, { ehloName: '[127.0.0.1]' }))
      if (session instanceof WireError && session.stage !== 'EHLO') throw session
      if (session instanceof WireError) return session
      const { client } = session
      const login = await attempt(client.authPlain(alice.address, alice.password))
      t.control('the owner logs in', login, code(235), { coveredBy: 'onboarding/creates-account-on-first-smtp-login' })
      return nameRecipient(client, alice.address, alice.address)
    })
    t.expect('EHLO, MAIL and RCPT are accepted', asked, code(250))
  },
})

export const offersPlain = check({
  id: 'sender/offers-plain-login',
  requirement: 'sender.offers-plain-login',
  title: 'offers AUTH PLAIN once TLS is on',
  async run(t) {
    const { client } = await t.submission()
    t.expect(
      'AUTH mechanisms',
      mechanismsOf(client),
      satisfies('PLAIN among them', (list) => list.includes('PLAIN'), listed),
    )
  },
})

export const offersWorkingLogins = check({
  id: 'sender/offers-working-logins',
  requirement: 'sender.offers-working-logins',
  title: 'lets the owner in by each of PLAIN and LOGIN that it announces',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [alice] = await t.accounts(1)
    const announced = mechanismsOf((await t.submission()).client)
    const failing: string[] = []
    for (const [name, login] of Object.entries(logins)) {
      if (!announced.includes(name)) continue
      const { client } = await t.submission()
      const reply = await attempt(login(client, alice))
      t.note(`${name}: ${reply instanceof WireError ? reply.message : reply.code}`)
      if (reply instanceof WireError || reply.code !== 235) failing.push(name)
    }
    t.expect('announced, but refused to the owner', failing.join(', '), equals(''))
  },
})

export const loginMechanisms = observation({
  id: 'sender/login-mechanisms',
  requirement: 'sender.login-mechanisms',
  title: 'login mechanisms announced within TLS',
  async run(t) {
    const { client } = await t.submission()
    t.observe([...mechanismsOf(client)].sort().join(' ') || 'none')
  },
})

const logins: Readonly<Record<string, (client: SmtpClient, account: Account) => ReturnType<SmtpClient['command']>>> = {
  PLAIN: (client, { address, password }) => client.authPlain(address, password),
  LOGIN: async (client, { address, password }) => {
    const asked = await client.command('AUTH LOGIN')
    if (asked.code !== 334) return asked
    const askedAgain = await answer(client, address)
    return askedAgain.code === 334 ? answer(client, password) : askedAgain
  },
}

/** As octets, so that no transcript shows them. */
function answer(client: SmtpClient, text: string) {
  client.write(new TextEncoder().encode(`${btoa(text)}\r\n`))
  return client.reply('AUTH')
}

function mechanismsOf(client: SmtpClient): readonly string[] {
  return (client.extensions.get('AUTH') ?? '').toUpperCase().split(/\s+/).filter(Boolean)
}

function listed(list: readonly string[]): string {
  return list.join(' ') || 'none'
}
