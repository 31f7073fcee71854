// `/new`: proposes an address and a password, asks nothing. Used by the router.
import { type Accounts, type Credentials, randomCredentials } from '../accounts.ts'
import type { Behaviour } from '../behaviour/index.ts'
import type { NewBehaviour } from '../behaviour/web.ts'
import type { Clock } from '../clock.ts'
import { isPrivateName } from '../domain-name.ts'
import { createClientLimit } from './client-limit.ts'
import { loginLink } from './login-link.ts'
import { inviteLink } from './pages.ts'
import type { Answer, NewPage } from './types.ts'

interface NewServices {
  readonly behaviour: () => Behaviour
  readonly accounts: Accounts
  readonly clock: Clock
}

/** nginx limits the modern path alone. */
const legacyPath = '/cgi-bin/newemail.py'
const unavailable: Answer = { status: 503, headers: [], body: '' }

export function createNewPage(services: NewServices): NewPage {
  let repeated: Credentials | undefined
  let asked: number[] = []

  const propose = (rules: NewBehaviour, domain: string): Credentials => {
    const fresh = randomCredentials(rules.emailDomain.replaceAll('{domain}', domain), rules)
    const known = repeated
    repeated ??= fresh
    if (rules.sameEachTime && known !== undefined) return known
    if (rules.sameNameEachTime && known !== undefined) return { ...fresh, address: known.address }
    return fresh
  }

  const clients = createClientLimit(services.clock)

  return async (request, path, domain) => {
    const rules = services.behaviour().web.new
    if (rules.delayMs > 0) await services.clock.sleep(rules.delayMs)
    const isPrivate = isPrivateName(domain)
    const limited = rules.clientLimit.on === 'always' || isPrivate
    if (limited && path !== legacyPath && !clients.take(request.client, rules.clientLimit)) return unavailable
    const get = isPrivate ? rules.getOnPrivateName : rules.get
    if (request.method !== 'POST' && get !== 'json') return answerGet(get, rules, domain)
    const now = services.clock.now()
    asked = asked.filter((at) => now - at < 60_000)
    if (rules.perMinute > 0 && asked.length >= rules.perMinute) return unavailable
    asked.push(now)
    if (rules.requiresToken || (rules.requiresContentType && request.header('content-type') === undefined)) {
      return json(403, { error: 'a token is needed' }, rules)
    }
    if (rules.form !== 'json') return askSomething(rules)
    const proposal = propose(rules, domain)
    if (rules.usableAfterMs > 0) services.accounts.holdUntil(proposal.address, now + rules.usableAfterMs)
    if (rules.createsAccount && services.accounts.find(proposal.address) === undefined) {
      services.accounts.create(rules.passwordIsWrong ? { ...proposal, password: `${proposal.password}!` } : proposal)
    }
    return json(
      rules.status,
      {
        ...(rules.emailKey === null ? {} : { [rules.emailKey]: proposal.address }),
        ...(rules.passwordKey === null ? {} : { [rules.passwordKey]: proposal.password }),
        ...(rules.loginLink === 'always' || (rules.loginLink === 'private-names' && isPrivate)
          ? { dclogin_url: loginLink(proposal, domain) }
          : {}),
        ...rules.extra,
      },
      rules,
    )
  }
}

function answerGet(get: NewBehaviour['get'], rules: NewBehaviour, domain: string): Answer {
  if (get === 'refuse') return { status: 405, headers: [['Allow', 'POST']], body: '' }
  if (get === 'page') return askSomething(rules)
  const location = inviteLink(rules.redirectTo, domain)
  return { status: rules.redirectStatus, headers: [['Location', location]], body: '' }
}

function askSomething(rules: NewBehaviour): Answer {
  const form = '<form method="post"><label>Your name <input name="name" required></label><button>Go</button></form>'
  const body = `<!doctype html><title>Sign up</title><p>Welcome.</p>${rules.form === 'form' ? form : ''}\n`
  return { status: 200, headers: [['Content-Type', 'text/html; charset=utf-8']], body }
}

function json(status: number, value: Readonly<Record<string, unknown>>, rules: NewBehaviour): Answer {
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${JSON.stringify(member)}`)
  const body = {
    python: `{${members.join(', ')}}\n`,
    compact: JSON.stringify(value),
    indented: `${JSON.stringify(value, null, 2)}\n`,
  }[rules.jsonStyle]
  return { status, headers: [['Content-Type', rules.contentType]], body }
}
