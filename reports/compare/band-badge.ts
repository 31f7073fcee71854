// The published conformance band of a host as a small picture. SVG without fonts, scripts or links of its own. Pure. Used by the site.
import type { ComparedHost } from '../../harness/result/comparison.ts'
import { drawBadge } from '../badge.ts'
import { day } from './telling.ts'
import { words } from './words.ts'

const colors = { A: '#1a7f37', B: '#7d4e00', 'not met': '#cf222e', 'not measured': '#6e5494' }

export function renderBandBadge(host: ComparedHost): string {
  const band = host.status?.conformance.band ?? host.bands.conformance.band
  const when = host.started === undefined ? '' : `, ${day(host.started)}`
  return drawBadge(words.band[band], colors[band], `${host.label}: ${words.band[band]}${when}`)
}
