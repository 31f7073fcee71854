// Fetches the pages a server shows to people. Used by the checks of onboarding and privacy.
import { linksOf } from '../harness/check/html.ts'
import { attempt } from '../harness/check/matchers.ts'
import type { CheckContext } from '../harness/check/types.ts'
import type { HttpResponse } from '../harness/clients/http.ts'
import { WireError } from '../harness/host/wire-error.ts'

export interface Page {
  /** The address that answered, after redirects. */
  readonly url: string
  readonly html: string
  readonly response: HttpResponse
}

/** `https://NAME/path` of the host; brackets for IPv6. */
export function webAddress(t: CheckContext, path: string): string {
  const name = t.host.endpoints.https?.name ?? t.host.domain.replace(/^\[(?:ipv6:)?(.*)\]$/i, '$1')
  return `https://${name.includes(':') ? `[${name}]` : name}${path}`
}

/** The answer, redirects followed; undefined when nobody listens. Other trouble of the way is thrown. */
export async function fetchPage(t: CheckContext, url: string): Promise<HttpResponse | undefined> {
  const response = await attempt(t.https.request(url, { follow: 3 }))
  if (!(response instanceof WireError)) return response
  if (response.code === 'refused') return undefined
  throw response
}

/** The front page; undefined where there is none. */
export async function frontPage(t: CheckContext): Promise<Page | undefined> {
  return asPage(await fetchPage(t, webAddress(t, '/')))
}

const policyWords = /priva|datenschutz|confiden|policy|legal|conf[ií]den/i

/** The privacy policy: what the front page links to, else the place where the relay deployment has it. */
export async function privacyPage(t: CheckContext, front: Page): Promise<Page | undefined> {
  const link = policyLink(front)
  return asPage(await fetchPage(t, link ?? new URL('/privacy.html', front.url).href))
}

/** Absolute address of the link that looks like that of a privacy policy. */
export function policyLink(front: Page): string | undefined {
  return linksOf(front.html)
    .filter(({ href, text }) => policyWords.test(href) || policyWords.test(text))
    .map(({ href }) => absolute(href, front.url))
    .find((url) => url !== undefined)
}

/** A web address, seen from a page; undefined for `mailto:`, `dcaccount:` and what is no address. */
export function absolute(href: string, base: string): string | undefined {
  if (!URL.canParse(href, base)) return undefined
  const url = new URL(href, base)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined
}

function asPage(response: HttpResponse | undefined): Page | undefined {
  if (response === undefined || response.status < 200 || response.status > 299) return undefined
  return { url: response.url, html: response.text(), response }
}
