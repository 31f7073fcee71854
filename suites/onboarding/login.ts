// How the onboarding checks log in: each login a value, whatever the server does. What keeps us from connecting at all
// is trouble of the way and thrown; a server that asks for patience is never blamed.
import { attempt, code, type ImapAnswer, imapOk, type SmtpAnswer } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { ImapClient } from '../../harness/clients/imap.ts'
import { WireError } from '../../harness/host/wire-error.ts'

export interface Credentials {
  readonly address: string
  readonly password: string
}

/**
 * The one wrong password of all checks. Dovecot makes a client wait ever longer, up to refusing right passwords, the
 * more *different* wrong ones come from its address; the same one again costs nothing more.
 */
export const wrongPassword = 'Nobody-Has-This-Passw0rd'

export interface ImapLogin {
  readonly reply: ImapAnswer
  readonly client: ImapClient
}

/** LOGIN on a new connection. */
export async function loginByImap(t: CheckContext, { address, password }: Credentials): Promise<ImapLogin> {
  const client = await t.imap()
  const reply = notSilent(await attempt(client.login(address, password)))
  if (!(reply instanceof WireError) && reply.status !== 'OK' && temporary.has(reply.code ?? '')) {
    t.inconclusive(`the server asks for patience: ${reply.status} [${reply.code}]`)
  }
  return { reply, client }
}

/** RFC 5530 3: trouble that passes. */
const temporary: ReadonlySet<string> = new Set(['UNAVAILABLE', 'INUSE', 'LIMIT'])

/** AUTH PLAIN on a new connection. */
export async function loginBySmtp(t: CheckContext, credentials: Credentials): Promise<SmtpAnswer> {
  const reply = await trySmtp(t, credentials)
  if (isThrottled(reply)) t.inconclusive('the server asks for patience at AUTH, as Dovecot does after failed logins')
  return reply
}

/** The same, throttling included. */
export async function trySmtp(t: CheckContext, { address, password }: Credentials): Promise<SmtpAnswer> {
  const { client } = await t.submission()
  return notSilent(await attempt(client.authPlain(address, password)))
}

/** Silence is no refusal: it is thrown, and leaves the check undecided. */
function notSilent<T>(reply: T | WireError): T | WireError {
  if (reply instanceof WireError && reply.code === 'timeout') throw reply
  return reply
}

/** 454 is what Postfix says when Dovecot makes it wait too long. */
export function isThrottled(reply: SmtpAnswer): boolean {
  return code(421, 450, 451, 454).matches(reply)
}

export const letIn = code(235)

/** A first login and the new name it was tried with. */
export interface FirstLogin<T> {
  readonly got: T
  readonly credentials: Credentials
}

/**
 * A first login, with the patience that a short-lived shortage deserves: a relay makes no accounts while its load is
 * high. Where the other protocol makes accounts, there is no shortage, and the refusal stands at once.
 */
export async function firstLogin<T>(
  t: CheckContext,
  login: (fresh: Credentials) => Promise<T>,
  isIn: (got: T) => boolean,
  otherProtocol: (fresh: Credentials) => Promise<boolean>,
): Promise<FirstLogin<T>> {
  const tries = 3
  for (let number = 1; ; number++) {
    const credentials = t.unusedCredentials()
    const got = await login(credentials)
    if (isIn(got) || number === tries) return { got, credentials }
    if (number === 1) {
      const fresh = t.unusedCredentials()
      if (await otherProtocol(fresh)) {
        await t.made(fresh)
        return { got, credentials }
      }
    }
    t.note(`refused; trying again, in case it is a shortage that passes (${number} of ${tries})`)
    await t.pause(t.host.timing.backoff * 6)
  }
}

/** For checks of one kind of name or password: where ordinary new names are refused, too, the kind has no part in it. */
export async function controlOrdinaryNames(t: CheckContext, via: 'imap' | 'both' = 'imap'): Promise<void> {
  // A test name: a server that takes these only is to be found out, and not excused.
  const one = t.unusedCredentials({ ordinary: false })
  const { reply } = await loginByImap(t, one)
  t.control('an ordinary new name gets in over IMAP', reply, imapOk, {
    coveredBy: 'onboarding/creates-account-on-first-imap-login',
  })
  await t.made(one)
  if (via === 'imap') return
  const other = t.unusedCredentials({ ordinary: false })
  t.control('an ordinary new name gets in for submission', await loginBySmtp(t, other), letIn, {
    coveredBy: 'onboarding/creates-account-on-first-smtp-login',
  })
  await t.made(other)
}

export const isInByImap = ({ reply }: ImapLogin): boolean => imapOk.matches(reply)

export const isInBySmtp = (reply: SmtpAnswer): boolean => letIn.matches(reply)
