// SEARCH and UID SEARCH (RFC 3501 6.4.4).
import { bad, type Handler, no, ok } from '../outcome.ts'
import { keywordOf, stringOf } from '../tokens.ts'
import { SearchKeys } from './search-keys.ts'
import { enableCondstore } from './select.ts'

export const search: Handler = (session, { args, byUid }) => {
  const { view, behaviour } = session
  const rest = [...args]
  if (keywordOf(rest[0]) === 'CHARSET') {
    const charset = stringOf(rest[1])?.toUpperCase()
    if (charset !== 'UTF-8' && charset !== 'US-ASCII') return no('Unknown charset.', 'BADCHARSET (UTF-8 US-ASCII)')
    rest.splice(0, 2)
  }
  if (view === undefined) return bad('No mailbox selected.')
  const keys = new SearchKeys(rest, view, behaviour.fetch)
  const matches = keys.all()
  if (matches === undefined) return bad('Error in IMAP command SEARCH: Unknown or invalid key.')
  if (keys.usesModseq) enableCondstore(session)
  const { search: how } = behaviour
  const hits = view.entries
    .map((entry, index) => ({ ...entry, number: index + 1 }))
    .filter((entry) => how.finds === 'everything' || (how.finds === 'matching' && matches(entry)))
  const numbers = hits.map((hit) => (byUid && how.numbers === 'as-asked' ? hit.uid : hit.number))
  const highest = Math.max(0, ...hits.slice(0, 100_000).map(({ message }) => message.modseq))
  const modseq = keys.usesModseq && hits.length > 0 ? ` (MODSEQ ${highest})` : ''
  if (how.untagged === 'always' || hits.length > 0) {
    session.untagged(`SEARCH${numbers.length > 0 ? ` ${numbers.join(' ')}` : ''}${modseq}`)
  }
  return ok('Search completed.')
}
