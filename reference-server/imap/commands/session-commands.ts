// Commands that are about the conversation itself: CAPABILITY, NOOP, LOGOUT, ID, ENABLE, NAMESPACE, COMPRESS.
import { bad, type Handler, no, ok } from '../outcome.ts'
import { nstring } from '../quoting.ts'
import { keywordOf } from '../tokens.ts'
import { enableCondstore } from './select.ts'

export const capability: Handler = (session) => {
  session.untagged(`CAPABILITY ${session.capabilities.join(' ')}`)
  return ok('Capability completed.')
}

export const noop: Handler = () => ok('NOOP completed.')

export const check: Handler = () => ok('Check completed.')

export const logout: Handler = (session) => {
  const { logout: how, wording } = session.behaviour
  if (how.bye) session.untagged(`BYE ${wording.byeText}`)
  return {
    ...ok('Logout completed.'),
    afterwards: () => {
      if (how.closes) session.connection.end()
    },
  }
}

/** RFC 2971. */
export const id: Handler = (session, { args }) => {
  if (args.length !== 1) return bad('Error in IMAP command ID: Invalid arguments.')
  const { answer, fields } = session.behaviour.id
  const written = Object.entries(fields).map(([name, value]) => `${nstring(name)} ${nstring(value)}`)
  if (answer === 'fields') session.untagged(`ID (${written.join(' ')})`)
  if (answer === 'nil') session.untagged('ID NIL')
  return ok('ID completed.')
}

/** RFC 5161. */
export const enable: Handler = (session, { args }) => {
  const words = args.map(keywordOf)
  if (words.length === 0 || words.includes(undefined)) return bad('Error in IMAP command ENABLE: Missing arguments.')
  const condstore = words.includes('CONDSTORE') && session.capabilities.includes('CONDSTORE')
  if (condstore) enableCondstore(session)
  if (session.behaviour.enable.announces) session.untagged(`ENABLED${condstore ? ' CONDSTORE' : ''}`)
  return ok('Enabled.')
}

/** RFC 2342. */
export const namespace: Handler = (session) => {
  const { personal } = session.behaviour.namespace
  const own = { shown: '(("" "."))', nil: 'NIL', 'below-inbox': '(("INBOX." "."))' }[personal]
  session.untagged(`NAMESPACE ${own} NIL NIL`)
  return ok('Namespace completed.')
}

/** RFC 4978. */
export const compress: Handler = (session, { args }) => {
  const { compress: how } = session.behaviour
  if (keywordOf(args[0]) !== 'DEFLATE' || args.length !== 1) return bad('Unknown compression mechanism.')
  if (session.connection.compressed && how.again === 'refused') return no('Already compressed.', 'COMPRESSIONACTIVE')
  if (how.answer === 'bad') return bad('Error in IMAP command COMPRESS: Unknown command.')
  if (how.answer === 'no') return no('Compression is not possible now.')
  return {
    ...ok('Begin compression.'),
    afterwards: () => {
      if (how.afterwards === 'silence') session.connection.mute()
      else if (how.afterwards === 'deflate' && !session.connection.compressed) session.connection.compress()
    },
  }
}
