// Checks of the ways that lead people to the pages of a server.
import { check } from '../../harness/check/define.ts'
import { attempt, type Matcher, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { HttpResponse } from '../../harness/clients/http.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { webAddress } from '../web-pages.ts'
import { exists } from './scene.ts'

const redirectsToHttps = check({
  id: 'transport/redirects-to-https',
  requirement: 'transport.redirects-to-https',
  title: 'leads visitors of port 80 to https',
  profile: 'list',
  needs: { reach: ['http'] },
  async run(t) {
    const response = await answerOf(t, webAddress(t, '/').replace('https:', 'http:'))
    if (response === undefined) return t.unsupported('port 80 is closed')
    t.expect('the answer of port 80', response, leadsTo())
  },
})

const redirectsWww = check({
  id: 'transport/redirects-www',
  requirement: 'transport.redirects-www',
  title: 'leads visitors of www. to its name',
  profile: 'list',
  needs: { dns: true, reach: ['https'] },
  async run(t) {
    const name = `www.${t.host.domain}`
    if (!(await exists(t, name))) t.unsupported(`${name} does not exist`)
    const response = await attempt(t.https.request(`https://${name}/`))
    const untrusted = response instanceof WireError && response.code === 'certificate'
    if (response instanceof WireError && !untrusted) throw response
    t.expect(`the answer of https://${name}/`, response, leadsTo(t.host.domain))
  },
})

/** Undefined where nobody answers over HTTP at all. */
async function answerOf(t: CheckContext, url: string): Promise<HttpResponse | undefined> {
  const response = await attempt(t.https.request(url))
  if (!(response instanceof WireError)) return response
  if (response.code === 'refused' || response.code === 'closed' || response.code === 'reset') return undefined
  throw response
}

/** Anywhere with https, or to this very name. */
function leadsTo(name?: string): Matcher<HttpResponse | WireError> {
  return satisfies(
    `a redirect to https://${name ?? '…'}`,
    (answer) => {
      if (answer instanceof WireError || answer.status < 300 || answer.status > 399) return false
      const location = answer.headers.location ?? ''
      if (!URL.canParse(location, answer.url)) return false
      const { protocol, hostname } = new URL(location, answer.url)
      return protocol === 'https:' && (name === undefined || hostname === name.toLowerCase())
    },
    (answer) => {
      if (answer instanceof WireError) return answer.message
      return `status ${answer.status}, Location ${answer.headers.location ?? 'absent'}`.slice(0, 300)
    },
  )
}

export const webChecks = [redirectsToHttps, redirectsWww]
