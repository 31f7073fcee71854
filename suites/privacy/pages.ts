// Checks of what the pages of a server do to those who read them, and what they say.
import { check, observation } from '../../harness/check/define.ts'
import { linksOf, loadedBy, loadedByCss } from '../../harness/check/html.ts'
import { isFalse, isTrue, type Matcher, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import { absolute, fetchPage, frontPage, type Page, privacyPage, webAddress } from '../web-pages.ts'

const nobody: Matcher<readonly string[]> = satisfies(
  'nobody',
  (hosts) => hosts.length === 0,
  (hosts) => (hosts.length === 0 ? 'nobody' : hosts.join(', ').slice(0, 300)),
)

const loadsNothing = check({
  id: 'privacy/pages-load-nothing-from-others',
  requirement: 'privacy.pages-load-nothing-from-others',
  title: 'loads nothing from other hosts with its pages',
  needs: { reach: ['https'] },
  async run(t) {
    for (const page of await pages(t)) {
      const loaded = loadedBy(page.html)
      const sheets = loaded.map((address) => absolute(address, page.url)).filter((url) => isOwnSheet(url, page))
      const further: string[] = []
      for (const sheet of sheets.slice(0, 5)) {
        const css = (await fetchPage(t, sheet ?? ''))?.text() ?? ''
        further.push(...loadedByCss(css).map((address) => absolute(address, sheet ?? page.url) ?? ''))
      }
      const others = [...loaded, ...further].map((address) => otherHost(address, page, t)).filter((host) => host !== '')
      t.expect(`who hears of a visit to ${new URL(page.url).pathname}`, [...new Set(others)], nobody)
    }
  },
})

const setsNoCookies = check({
  id: 'privacy/pages-set-no-cookies',
  requirement: 'privacy.pages-set-no-cookies',
  title: 'sets no cookies with its pages',
  needs: { reach: ['https'] },
  async run(t) {
    for (const { url, response } of await pages(t)) {
      const names = response.setCookies.map((cookie) => cookie.split('=')[0] ?? '')
      t.expect(`cookies set by ${new URL(url).pathname}`, names, nobody)
    }
  },
})

const turnsRobotsAway = check({
  id: 'privacy/turns-search-engines-away',
  requirement: 'privacy.turns-search-engines-away',
  title: 'asks robots to stay away',
  needs: { reach: ['https'] },
  async run(t) {
    await pages(t)
    const robots = await fetchPage(t, webAddress(t, '/robots.txt'))
    const text = robots?.status === 200 ? robots.text() : ''
    t.expect('robots.txt turns all robots away', turnsAllAway(text), isTrue)
  },
})

const namesContact = check({
  id: 'privacy/policy-names-contact',
  requirement: 'privacy.policy-names-contact',
  title: 'names somebody to turn to in its privacy policy',
  needs: { reach: ['https'] },
  async run(t) {
    const { html } = await policy(t)
    const linked = linksOf(html).some(
      ({ href, text }) => /^(mailto|tel|xmpp):/i.test(href) || /contact|kontakt/i.test(text),
    )
    t.expect(
      'a mail address or a link to turn to',
      linked || /[\w.+-]+(@|\s?\[?\(?at\)?\]?\s?)[\w-]+\.[a-z]{2,}/i.test(html),
      isTrue,
    )
  },
})

const statedRetention = observation({
  id: 'privacy/stated-retention',
  requirement: 'privacy.policy-states-retention',
  title: 'days for which mail is kept, as the privacy policy says',
  needs: { reach: ['https'] },
  async run(t) {
    const front = await frontPage(t)
    const page = front && (await privacyPage(t, front))
    const words = page?.html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ') ?? ''
    // The first figure in days is that of ordinary mail, in the text that relays come with.
    const days = /\b(\d{1,4})\s(?:days|tagen?|jours|d[ií]as|giorni|дн)/i.exec(words)?.[1]
    t.observe(days === undefined ? null : Number(days), 'days')
  },
})

/** Front page and privacy policy; without any page there is nothing that could do harm. */
async function pages(t: CheckContext): Promise<readonly Page[]> {
  const front = await frontPage(t)
  if (front === undefined) t.unsupported('there is no front page')
  const page = await privacyPage(t, front)
  return page === undefined ? [front] : [front, page]
}

async function policy(t: CheckContext): Promise<Page> {
  const front = await frontPage(t)
  const page = front && (await privacyPage(t, front))
  if (page === undefined) t.unsupported('there is no privacy policy')
  return page
}

/** The host that an address on the page leads to, unless it is the server's own or a name under it. */
function otherHost(address: string, page: Page, t: CheckContext): string {
  const url = absolute(address, page.url)
  if (url === undefined) return ''
  const { hostname } = new URL(url)
  const own = [new URL(page.url).hostname, t.host.domain.toLowerCase()]
  return own.some((name) => hostname === name || hostname.endsWith(`.${name}`)) ? '' : hostname
}

function isOwnSheet(url: string | undefined, page: Page): boolean {
  if (url === undefined) return false
  const { hostname, pathname } = new URL(url)
  return hostname === new URL(page.url).hostname && pathname.endsWith('.css')
}

/** RFC 9309: a group for `*` that disallows everything. */
function turnsAllAway(robots: string): boolean {
  let forAll = false
  let inHead = false
  for (const line of robots.slice(0, 50_000).split(/\r?\n/)) {
    const [, key = '', value = ''] = /^\s*([a-z-]+)\s*:\s*([^#]*?)\s*(?:#.*)?$/i.exec(line) ?? []
    if (key.toLowerCase() === 'user-agent') {
      forAll = value === '*' || (inHead && forAll)
      inHead = true
    } else if (key !== '') {
      inHead = false
      if (forAll && key.toLowerCase() === 'disallow' && value === '/') return true
    }
  }
  return false
}

const showsNoMetrics = check({
  id: 'privacy/shows-no-metrics',
  requirement: 'privacy.shows-no-metrics',
  title: 'shows no metrics to the public',
  needs: { reach: ['https'] },
  async run(t) {
    const response = await fetchPage(t, webAddress(t, '/metrics'))
    if (response === undefined) return t.unsupported('there is no web server')
    // One line of the text format that monitoring reads: a name, perhaps labels, a number.
    const metrics = /^[a-z_:][\w:]*(\{[^}\n]{0,500}\})? [-+]?\d[\d.e+-]*(?: \d+)?$/im
    t.expect('GET /metrics shows figures', response.status === 200 && metrics.test(response.text()), isFalse)
  },
})

const tellsNoVersion = check({
  id: 'privacy/tells-no-software-version',
  requirement: 'privacy.tells-no-software-version',
  title: 'tells no version of its software over HTTP',
  needs: { reach: ['https'] },
  async run(t) {
    const response = await fetchPage(t, webAddress(t, '/'))
    if (response === undefined) return t.unsupported('there is no web server')
    const told = ['server', 'x-powered-by', 'x-generator', 'x-aspnet-version', 'via']
      .map((name) => response.headers[name] ?? '')
      .filter((value) => /\/\s*v?\d|\d+\.\d+\.\d+/.test(value))
    t.expect('headers with a version', told, nobody)
  },
})

export const privacyPageChecks = [
  loadsNothing,
  setsNoCookies,
  namesContact,
  statedRetention,
  turnsRobotsAway,
  showsNoMetrics,
  tellsNoVersion,
]
