// The published conformance band of a host as a small picture. SVG without fonts, scripts or links of its own. Pure. Used by the site.
import type { ComparedHost } from '../../harness/result/comparison.ts'
import { drawBadge } from '../badge.ts'
import type { Language } from '../language/language.ts'

const colors = { A: '#1a7f37', B: '#7d4e00', 'not met': '#cf222e', 'not measured': '#6e5494' }

export function renderBandBadge({ day, words }: Language, host: ComparedHost): string {
  const band = host.status?.conformance.band ?? host.bands.conformance.band
  const text = words.compare.band[band]
  const when = host.started === undefined ? '' : `${words.comma}${day(host.started)}`
  return drawBadge(text, colors[band], `${host.label}: ${text}${when}`)
}
