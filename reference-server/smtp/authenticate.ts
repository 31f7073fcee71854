// SMTP AUTH (RFC 4954): PLAIN, and LOGIN where a behaviour says so. Used by the session.
import type { User } from '../accounts.ts'
import { parsePlain } from './command.ts'
import type { SubmissionServices } from './connection.ts'

export interface AuthOutcome {
  readonly reply: string
  readonly user: User | undefined
  /** The session ends after the reply. */
  readonly closes?: boolean
}

/** `ask` sends a challenge and gives the client's line, or undefined when there is none. */
export async function authenticate(
  argument: string,
  services: SubmissionServices,
  ask: (challenge: string) => Promise<string | undefined>,
): Promise<AuthOutcome> {
  const { submission } = services.behaviour()
  const [name = '', initial] = argument.split(/\s+/)
  const mechanism = name.toUpperCase()
  const refused = (reply: string): AuthOutcome => ({ reply, user: undefined })
  if (mechanism === '') return refused('501 5.5.4 Syntax: AUTH mechanism')
  if (!submission.worksWith.some((known) => known === mechanism)) {
    return refused('535 5.7.8 Error: authentication failed: Invalid authentication mechanism')
  }
  if (initial !== undefined && !submission.authInitialResponse) return refused('501 5.5.4 No initial response here')
  if (initial === undefined && !submission.authContinuation) return refused('501 5.5.4 Initial response missing')

  const credentials = mechanism === 'PLAIN' ? await plain(initial, ask) : await login(initial, ask)
  if (credentials === 'cancelled') return refused('501 5.7.0 Authentication aborted')
  if (credentials === undefined) {
    return refused('535 5.7.8 Error: authentication failed: Invalid base64 data in initial response')
  }
  const { password, actFor } = credentials
  const user = await services.accounts.authenticate(credentials.user, password, 'smtp', actFor)
  if (user !== undefined) return { reply: submission.authSuccess, user }
  if (submission.authFailureDelayMs > 0) await services.clock.sleep(submission.authFailureDelayMs)
  return { reply: submission.authFailure, user: undefined, closes: submission.closesOnAuthFailure }
}

type Ask = (challenge: string) => Promise<string | undefined>
type Credentials = { user: string; password: string; actFor?: string } | 'cancelled' | undefined

async function plain(initial: string | undefined, ask: Ask): Promise<Credentials> {
  const response = initial ?? (await ask(''))
  if (response === undefined || response === '*') return 'cancelled'
  return parsePlain(response === '=' ? '' : response)
}

async function login(initial: string | undefined, ask: Ask): Promise<Credentials> {
  const user = initial ?? (await ask(encode('Username:')))
  if (user === undefined || user === '*') return 'cancelled'
  const password = await ask(encode('Password:'))
  if (password === undefined || password === '*') return 'cancelled'
  return { user: decode(user), password: decode(password) }
}

const encode = (text: string) => Buffer.from(text).toString('base64')
const decode = (text: string) => Buffer.from(text, 'base64').toString('utf8')
