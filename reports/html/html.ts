// A result as one HTML file that needs nothing else: no script, no request, light and dark, on paper and on a telephone. Pure.
import type { Result } from '../../harness/result/schema.ts'
import { counts } from '../baseline.ts'
import { english, type Language } from '../language/language.ts'
import { headline } from '../words.ts'
import { baselineSection } from './baseline-section.ts'
import { capacitySection } from './capacity-section.ts'
import { htmlDocument } from './document.ts'
import { recorded } from './foreign.ts'
import { hostSection, looks } from './host-section.ts'
import { loadSection } from './load-section.ts'
import { type Child, el } from './markup.ts'

export function renderHtml(result: Result, language: Language = english): string {
  const { say, moment, number, words } = language
  const { gate, tool, profile, seed, vantage } = result
  const title = ['chatmail-check', ...result.hosts.slice(0, 3).map(({ label }) => label)].join(' ')
  const head = ['chatmail-check', say(words.page.profile, { profile }), moment(result.started)].join(' · ')
  return htmlDocument(
    language,
    { title },
    el('header', {}, el('h1', {}, head)),
    el(
      'main',
      {},
      result.reference ? el('p', { class: 'loud' }, words.page.loud) : undefined,
      result.hosts.length === 0 ? el('p', { class: 'verdict open' }, `? ${words.page.none}`) : undefined,
      contents(language, result),
      slowerThanBefore(language, result),
      sections(language, result),
      result.baseline && baselineSection(language, result.baseline),
    ),
    el(
      'footer',
      { class: 'muted' },
      el('p', {}, say(words.page.exit, { code: gate.exitCode }), ' ', recorded(language, `${gate.reason}.`)),
      el(
        'p',
        {},
        say(words.page.made, {
          tool: `${tool.name} ${tool.version}`,
          seed: String(seed),
          platform: `${vantage.platform} ${vantage.arch}`,
          node: vantage.node,
          took: say(words.seconds, { n: number(result.seconds, 1) }),
        }),
      ),
    ),
  )
}

/** Where that is why it fails, it stands above everything else. */
function slowerThanBefore(language: Language, { baseline, gate }: Result): Child {
  if (baseline === undefined || !baseline.figures.some((figure) => counts(baseline, figure))) return undefined
  const link = el('a', { href: '#baseline' }, recorded(language, gate.reason))
  return el('p', { class: 'verdict bad' }, '✗ ', link)
}

function sections(language: Language, result: Result): Child {
  if (result.load !== undefined) return loadSection(language, result, result.load)
  if (result.capacity !== undefined) return capacitySection(language, result, result.capacity)
  return result.hosts.map((host, index) => hostSection(language, result, host, `host-${index + 1}`))
}

/** Of several hosts: each with its verdict, and where it is. */
function contents(language: Language, result: Result): Child {
  if (result.hosts.length < 2) return undefined
  return el(
    'nav',
    { 'aria-label': language.words.page.hosts },
    el(
      'ul',
      { class: 'plain' },
      ...result.hosts.map(({ label }, index) => {
        const { verdict, text } = headline(result, label, language)
        const { glyph, tone } = looks[verdict]
        return el(
          'li',
          {},
          el('a', { href: `#host-${index + 1}` }, label),
          ' ',
          el('span', { class: tone }, `${glyph} ${text}`),
        )
      }),
    ),
  )
}
