// Asks /new for credentials, as an app does that scanned an invite. Used by the checks of /new.
import { attempt, type Matcher, satisfies, show } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { HttpResponse } from '../../harness/clients/http.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { webAddress } from '../web-pages.ts'
import type { Credentials } from './login.ts'

export interface Asked {
  /** Undefined where the answer holds no usable credentials. */
  readonly credentials: Credentials | undefined
  readonly answer: HttpResponse | WireError
}

/** POST with nothing in it. A server that asks for patience gets it; then the check stays undecided. */
export async function ask(
  t: CheckContext,
  options: { path?: string; method?: string; absoluteForm?: boolean } = {},
): Promise<Asked> {
  const { path = '/new', method = 'POST', absoluteForm = false } = options
  // Relays that sign their own certificate give two answers a second to one address, and five more at once.
  const tries = 5
  for (let number = 1; ; number++) {
    const answer = await attempt(t.https.request(webAddress(t, path), { method, absoluteForm }))
    // Silence may be our own firewall's doing.
    if (answer instanceof WireError && (answer.code === 'timeout' || answer.code === 'unreachable')) throw answer
    if (answer instanceof WireError || (answer.status !== 503 && answer.status !== 429)) {
      return { answer, credentials: credentialsIn(answer) }
    }
    if (number === tries) t.inconclusive(`throttled: ${path} answers ${answer.status}`)
    await t.pause(t.host.timing.backoff * number)
  }
}

/** Asks for credentials that are needed to go on. */
export async function proposal(t: CheckContext): Promise<Credentials> {
  const asked = await ask(t)
  t.control('POST /new proposes credentials', asked, proposes, { coveredBy: 'onboarding/new-proposes-credentials' })
  // The control has ended the check otherwise.
  return asked.credentials as Credentials
}

export const proposes: Matcher<Asked> = satisfies(
  'JSON with an email and a password',
  ({ credentials }) => credentials !== undefined,
  ({ answer, credentials }) =>
    credentials === undefined ? describeAnswer(answer) : `a proposal: ${credentials.address}`,
)

export function describeAnswer(answer: HttpResponse | WireError): string {
  if (answer instanceof WireError) return show(answer)
  const type = answer.headers['content-type']?.split(';')[0]
  return [`status ${answer.status}`, type, answer.headers.location && `to ${answer.headers.location}`]
    .filter(Boolean)
    .join(', ')
    .slice(0, 200)
}

/** Whatever the content type says: the app does not look at it either. */
function credentialsIn(answer: HttpResponse | WireError): Credentials | undefined {
  const value = jsonOf(answer)
  const address = value?.email
  const password = value?.password
  if (typeof address !== 'string' || typeof password !== 'string') return undefined
  return /^[^@\s]+@\S+$/.test(address) && password !== '' ? { address, password } : undefined
}

/** The object in a 2xx answer. */
export function jsonOf(answer: HttpResponse | WireError): Readonly<Record<string, unknown>> | undefined {
  if (answer instanceof WireError || answer.status < 200 || answer.status > 299) return undefined
  try {
    const value = answer.json()
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
