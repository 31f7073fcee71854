// Checks of the front page: the invite as a link and as a QR code, and the way to the privacy policy.
import { check } from '../../harness/check/define.ts'
import { hasScript, imagesOf, linksOf } from '../../harness/check/html.ts'
import { equals, isTrue, type Matcher, satisfies } from '../../harness/check/matchers.ts'
import { decodeQr } from '../../harness/check/qr.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { absolute, fetchPage, frontPage, type Page, policyLink } from '../web-pages.ts'
import { ask } from './proposal.ts'

const appLink = /^(dcaccount|dclogin):/i

const invitation: Matcher<readonly string[]> = satisfies(
  'a dcaccount: or dclogin: link',
  (texts) => texts.some((text) => appLink.test(text)),
  (texts) => (texts.length === 0 ? 'none' : texts.slice(0, 5).join(', ')),
)

const showsLink = check({
  id: 'onboarding/shows-invite-link',
  requirement: 'onboarding.shows-invite-link',
  title: 'shows an invite link on its front page',
  needs: { reach: ['https'] },
  async run(t) {
    const page = await frontPage(t)
    const links = page === undefined ? [] : invitesOn(page)
    if (page !== undefined && links.length === 0 && hasScript(page.html)) {
      t.unsupported('the page builds itself by script, which we do not run')
    }
    t.expect('invites among the links of the front page', links, invitation)
  },
})

const showsQr = check({
  id: 'onboarding/shows-invite-qr',
  requirement: 'onboarding.shows-invite-qr',
  title: 'shows the invite as a QR code',
  needs: { reach: ['https'] },
  async run(t) {
    const page = await frontPage(t)
    const codes = page === undefined ? { texts: [], unread: 0 } : await qrCodesOn(t, page)
    if (page !== undefined && !invitation.matches(codes.texts)) {
      if (codes.unread > 0 || /<svg[\s>]/i.test(page.html))
        t.unsupported('only pictures that we cannot read, such as SVG')
      if (hasScript(page.html)) t.unsupported('the page builds itself by script, which we do not run')
    }
    t.expect('what the QR codes of the front page say', codes.texts, invitation)
  },
})

const invitesWork = check({
  id: 'onboarding/invites-work-in-apps',
  requirement: 'onboarding.invites-work-in-apps',
  title: 'shows invites in a form that apps can use',
  needs: { reach: ['https'] },
  async run(t) {
    const page = await frontPage(t)
    const { answer } = await ask(t, { method: 'GET' })
    const location = answer instanceof WireError ? undefined : answer.headers.location
    const found: (readonly [string, string])[] = []
    for (const link of page === undefined ? [] : invitesOn(page)) found.push(['a link on the front page', link])
    for (const text of page === undefined ? [] : (await qrCodesOn(t, page)).texts) found.push(['the QR code', text])
    if (location !== undefined) found.push(['the redirect of GET /new', location])
    const invites = found.filter(([, text]) => /^dcaccount:/i.test(text))
    if (invites.length === 0) t.unsupported('no dcaccount: link is shown')
    for (const [where, text] of invites) t.expect(where, text, usableFor(t.host.domain))
  },
})

/** What core takes: `dcaccount:HOST`, or `dcaccount:https://HOST[:port]/path`; and HOST must be this one. */
function usableFor(domain: string): Matcher<string> {
  const name = domain.replace(/^\[(?:ipv6:)?(.*)\]$/i, '$1').toLowerCase()
  return satisfies(`dcaccount:${domain}, or dcaccount:https://${domain}/...`, (text) => {
    const target = text.slice(text.indexOf(':') + 1)
    if (!/^https:\/\//i.test(target)) return target.toLowerCase() === domain.toLowerCase()
    const host = URL.canParse(target) ? new URL(target).hostname.replace(/^\[(.*)\]$/, '$1') : ''
    return host === name || host.endsWith(`.${name}`)
  })
}

const linksPolicy = check({
  id: 'onboarding/links-privacy-policy',
  requirement: 'onboarding.links-privacy-policy',
  title: 'links to a privacy policy',
  needs: { reach: ['https'] },
  async run(t) {
    const page = await frontPage(t)
    const url = page === undefined ? undefined : policyLink(page)
    t.expect('the front page links to a privacy policy', url !== undefined, isTrue)
    if (url === undefined) return
    t.expect('the status of that page', (await fetchPage(t, url))?.status, equals<number | undefined>(200))
  },
})

function invitesOn(page: Page): readonly string[] {
  return linksOf(page.html)
    .map(({ href }) => href)
    .filter((href) => appLink.test(href))
}

/** Pictures fetched at most: front pages have few, and one of them is the code. */
const mostPictures = 12

/** What can be read out of the pictures on the page, and how many there are of a kind that we cannot read. */
async function qrCodesOn(t: CheckContext, page: Page): Promise<{ texts: readonly string[]; unread: number }> {
  const texts: string[] = []
  let unread = 0
  const pictures = [...imagesOf(page.html)].sort((a, b) => Number(/qr|invite/i.test(b)) - Number(/qr|invite/i.test(a)))
  for (const source of pictures.slice(0, mostPictures)) {
    const octets = await picture(t, source, page)
    if (octets === undefined) continue
    const text = await decodeQr(octets)
    if (text !== undefined) texts.push(text)
    else if (isSvg(octets)) unread++
  }
  return { texts, unread }
}

async function picture(t: CheckContext, source: string, page: Page): Promise<Uint8Array | undefined> {
  const inline = /^data:image\/[^,]*;base64,(.*)$/is.exec(source)?.[1]
  if (inline !== undefined) return Uint8Array.from(atobOrEmpty(inline), (letter) => letter.charCodeAt(0))
  const url = absolute(source, page.url)
  // Pictures from elsewhere are another server's, and not ours to fetch.
  if (url === undefined || new URL(url).host !== new URL(page.url).host) return undefined
  const response = await fetchPage(t, url)
  return response?.status === 200 ? response.bytes : undefined
}

function atobOrEmpty(base64: string): string {
  try {
    return atob(base64)
  } catch {
    return ''
  }
}

/** A QR code is drawn from many small shapes; logos are not what we look for, but we cannot tell them apart. */
function isSvg(octets: Uint8Array): boolean {
  return /<svg[\s>]/i.test(new TextDecoder('latin1').decode(octets.subarray(0, 2_000)))
}

export const pageChecks = [showsLink, showsQr, invitesWork, linksPolicy]
