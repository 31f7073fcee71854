// A result as one HTML file that needs nothing else: no script, no request, light and dark, on paper and on a telephone. Pure.
import type { Result } from '../../harness/result/schema.ts'
import { headline, loud } from '../words.ts'
import { hostSection, looks } from './host-section.ts'
import { type Child, el, trusted } from './markup.ts'
import { style } from './style.ts'

/** Whatever might slip into the page could still load and run nothing. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

export function renderHtml(result: Result): string {
  const { gate, tool, profile, seed, vantage } = result
  const began = result.started.slice(0, 16).replace('T', ' ')
  const title = ['chatmail-check', ...result.hosts.slice(0, 3).map(({ label }) => label)].join(' ')
  const page = el(
    'html',
    { lang: 'en' },
    el(
      'head',
      {},
      el('meta', { charset: 'utf-8' }),
      el('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
      el('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      el('meta', { name: 'color-scheme', content: 'light dark' }),
      el('title', {}, title),
      el('style', {}, trusted(style)),
    ),
    el(
      'body',
      {},
      el('header', {}, el('h1', {}, `chatmail-check · profile ${profile} · ${began} UTC`)),
      el(
        'main',
        {},
        result.reference ? el('p', { class: 'loud' }, loud) : undefined,
        result.hosts.length === 0 ? el('p', { class: 'verdict open' }, '? No host was checked') : undefined,
        contents(result),
        result.hosts.map((host, index) => hostSection(result, host, `host-${index + 1}`)),
      ),
      el(
        'footer',
        { class: 'muted' },
        el('p', {}, `Exit code ${gate.exitCode}: ${gate.reason}.`),
        el(
          'p',
          {},
          `${tool.name} ${tool.version}, seed ${seed}, from ${vantage.platform} ${vantage.arch}, Node ${vantage.node}; ${result.seconds.toFixed(1)} s.`,
        ),
      ),
    ),
  )
  return `<!doctype html>\n${page.markup}\n`
}

/** Of several hosts: each with its verdict, and where it is. */
function contents(result: Result): Child {
  if (result.hosts.length < 2) return undefined
  return el(
    'nav',
    { 'aria-label': 'hosts' },
    el(
      'ul',
      { class: 'plain' },
      ...result.hosts.map(({ label }, index) => {
        const { verdict, text } = headline(result, label)
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
