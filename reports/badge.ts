// A result as a small picture for a web page: `chatmail | conforms`. SVG without fonts, scripts or links of its own. Pure.
import type { Result } from '../harness/result/schema.ts'
import { columns } from './plain-text.ts'
import { headline, worded } from './words.ts'
import { xmlText } from './xml-text.ts'

/** The reference server gets none: a badge speaks of a relay. */
export const noBadge = 'the built-in reference server gets no badge: it says nothing about your relay'

/** Dark enough for white text (WCAG AA, 4.5 to 1). */
const colors = { conforms: '#1a7f37', fails: '#cf222e', undecided: '#6e5494' }

const name = 'chatmail'
const label = '#444c56'
const height = 20
/** Room at both ends of a text. */
const padding = 6

export function renderBadge(result: Result): string {
  const { word, text } = badgeOf(result)
  return drawBadge(text, colors[word], titleOf(result))
}

/** `chatmail | TEXT`; the title is what browsers show and screen readers read. */
export function drawBadge(text: string, color: string, about: string): string {
  const [left, right] = [widthOf(name), widthOf(text)]
  const title = xmlText(`${name}: ${text}. ${about}`)
  const shown = (words: string, x: number, width: number): string =>
    `    <text x="${x + width / 2}" y="14" textLength="${width - 2 * padding}" lengthAdjust="spacingAndGlyphs">${words}</text>`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="${height}" viewBox="0 0 ${left + right} ${height}" role="img">`,
    `  <title>${title}</title>`,
    `  <path d="M4 0H${left}V${height}H4A4 4 0 0 1 0 ${height - 4}V4A4 4 0 0 1 4 0Z" fill="${label}"/>`,
    `  <path d="M${left} 0H${left + right - 4}A4 4 0 0 1 ${left + right} 4V${height - 4}A4 4 0 0 1 ${left + right - 4} ${height}H${left}Z" fill="${color}"/>`,
    '  <g fill="#fff" font-family="Verdana, DejaVu Sans, Geneva, sans-serif" font-size="11" text-anchor="middle">',
    shown(name, 0, left),
    shown(text, left, right),
    '  </g>',
    '</svg>',
    '',
  ].join('\n')
}

/** A run that was cut short or that left checks out by pattern does not show that a relay conforms. */
function badgeOf(result: Result): { readonly word: keyof typeof colors; readonly text: string } {
  const { verdict } = result.gate
  if (verdict === 'fails') {
    const n = worded(result, result.findings, 'PROBLEM').length
    return { word: 'fails', text: n === 0 ? 'fails' : `fails ${n}` }
  }
  const whole = result.complete && !chosen(result.options.only) && !chosen(result.options.skip)
  return verdict === 'conforms' && whole
    ? { word: 'conforms', text: 'conforms' }
    : { word: 'undecided', text: 'undecided' }
}

const chosen = (patterns: unknown): boolean => Array.isArray(patterns) && patterns.length > 0

/** `chat.example CONFORMS, profile quick/1, 2026-03-01` */
function titleOf(result: Result): string {
  const hosts = result.hosts.map(({ label }) => `${label} ${headline(result, label).text}`)
  const only = chosen(result.options.only) || chosen(result.options.skip) ? ', only some of its checks' : ''
  return `${[...hosts, `profile ${result.profile}`].join(', ')}${only}, ${result.started.slice(0, 10)}`
}

/** About what 11 px of Verdana take; `textLength` makes it exact whatever font there is. */
function widthOf(text: string): number {
  const wide = (character: string): number => (character === ' ' ? 4 : columns(character) === 2 ? 11 : 6.7)
  return Math.round([...text].reduce((sum, character) => sum + wide(character), 0)) + 2 * padding
}
