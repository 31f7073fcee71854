// The lines of an EHLO reply, from the behaviour. Used by the session.
import type { Behaviour } from '../behaviour/index.ts'

/** The domain first, then a line a keyword, without code. */
export function announce(behaviour: Behaviour, session: { domain: string; secure: boolean }): readonly string[] {
  const { submission, limits } = behaviour
  const lines = [session.domain]
  for (const keyword of submission.keywords) {
    if (keyword === 'SIZE') {
      if (limits.advertisedBytes === null) continue
      lines.push(limits.advertisedBytes === 0 ? 'SIZE' : `SIZE ${limits.advertisedBytes}`)
    } else if (keyword === 'STARTTLS') {
      const useful = !session.secure || submission.announcesStartTlsInTls
      if (submission.offersStartTls && useful) lines.push('STARTTLS')
    } else if (keyword === 'AUTH') {
      const safe = session.secure || submission.announcesAuthBeforeTls
      if (safe && submission.mechanisms.length > 0) lines.push(`AUTH ${submission.mechanisms.join(' ')}`)
    } else {
      lines.push(keyword)
    }
  }
  return lines.map((line, at) => (at === 0 ? line : inCase(line, submission.keywordCase)))
}

function inCase(line: string, style: 'upper' | 'lower' | 'mixed'): string {
  if (style === 'upper') return line
  const lower = line.toLowerCase()
  return style === 'lower' ? lower : lower.slice(0, 1).toUpperCase() + lower.slice(1)
}
