// The lines of an EHLO reply, from the behaviour. Used by the session.
import type { LimitsBehaviour } from '../behaviour/limits.ts'
import type { SmtpSessionBehaviour } from '../behaviour/smtp-session.ts'

/** The domain first, then a line a keyword, without code. */
export function announce(
  rules: SmtpSessionBehaviour,
  limits: LimitsBehaviour,
  session: { domain: string; secure: boolean },
): readonly string[] {
  const lines = [session.domain]
  for (const keyword of rules.keywords) {
    if (keyword === 'SIZE') {
      if (limits.advertisedBytes === null) continue
      lines.push(limits.advertisedBytes === 0 ? 'SIZE' : `SIZE ${limits.advertisedBytes}`)
    } else if (keyword === 'STARTTLS') {
      const useful = !session.secure || rules.announcesStartTlsInTls
      if (rules.offersStartTls && useful) lines.push('STARTTLS')
    } else if (keyword === 'AUTH') {
      const safe = session.secure || rules.announcesAuthBeforeTls
      if (safe && rules.mechanisms.length > 0) lines.push(`AUTH ${rules.mechanisms.join(' ')}`)
    } else {
      lines.push(keyword)
    }
  }
  return lines.map((line, at) => (at === 0 ? line : inCase(line, rules.keywordCase)))
}

function inCase(line: string, style: 'upper' | 'lower' | 'mixed'): string {
  if (style === 'upper') return line
  const lower = line.toLowerCase()
  return style === 'lower' ? lower : lower.slice(0, 1).toUpperCase() + lower.slice(1)
}
