// LIST with selection and return options, LSUB (RFC 3501 6.3.8, RFC 5258, RFC 5819, RFC 6154).
import { bad, type Handler, type Outcome, ok } from '../outcome.ts'
import { astring } from '../quoting.ts'
import type { Session } from '../session.ts'
import { keywordOf, listOf, stringOf, type Token } from '../tokens.ts'
import { statusItems, statusLine } from './status.ts'

const delimiter = '.'

interface ListOptions {
  readonly verb: 'LIST' | 'LSUB'
  readonly subscribedOnly: boolean
  readonly specialUseOnly: boolean
  readonly showsSubscribed: boolean
  readonly status: readonly string[] | undefined
}

export const list: Handler = (session, { args }) => {
  let at = 0
  const selection = listOf(args[0])?.map(keywordOf) ?? []
  if (listOf(args[0]) !== undefined) at++
  const reference = stringOf(args[at])
  const patterns = listOf(args[at + 1])?.map(stringOf) ?? [stringOf(args[at + 1])]
  const returns = keywordOf(args[at + 2]) === 'RETURN' ? listOf(args[at + 3]) : []
  if (reference === undefined || patterns.some((pattern) => pattern === undefined) || returns === undefined) {
    return bad('Error in IMAP command LIST: Invalid arguments.')
  }
  const options: ListOptions = {
    verb: 'LIST',
    subscribedOnly: selection.includes('SUBSCRIBED'),
    specialUseOnly: selection.includes('SPECIAL-USE'),
    showsSubscribed: selection.includes('SUBSCRIBED') || returns.some((token) => keywordOf(token) === 'SUBSCRIBED'),
    status: statusOption(returns),
  }
  return show(session, patterns as string[], reference, options)
}

export const lsub: Handler = (session, { args }) => {
  const reference = stringOf(args[0])
  const pattern = stringOf(args[1])
  if (reference === undefined || pattern === undefined) return bad('Error in IMAP command LSUB: Invalid arguments.')
  if (session.behaviour.list.lsub === 'nothing') return ok('Lsub completed.')
  const options = { subscribedOnly: true, specialUseOnly: false, showsSubscribed: false, status: undefined }
  return show(session, [pattern], reference, { verb: 'LSUB', ...options })
}

function statusOption(returns: readonly Token[]): readonly string[] | undefined {
  const at = returns.findIndex((token) => keywordOf(token) === 'STATUS')
  return at < 0 ? undefined : statusItems(listOf(returns[at + 1]))
}

function show(session: Session, patterns: readonly string[], reference: string, options: ListOptions): Outcome {
  const { behaviour, user } = session
  const { verb } = options
  const done = ok(verb === 'LIST' ? 'List completed.' : 'Lsub completed.')
  if (user === undefined) return done
  if (verb === 'LIST' && patterns.length === 1 && patterns[0] === '') {
    session.untagged(`LIST (\\Noselect) "${delimiter}" ""`)
    return done
  }
  const matchers = patterns.map((pattern) => patternMatcher(reference + pattern))
  const all = user.store.list()
  for (const mailbox of all) {
    const { name } = mailbox
    if (name === 'INBOX' && behaviour.list.inbox === 'missing') continue
    if (behaviour.list.patterns === 'honoured' && !matchers.some((matches) => matches(name))) continue
    const subscribed = user.store.subscriptions.has(name)
    const use = behaviour.list.specialUse[name]
    if (options.subscribedOnly && !subscribed) continue
    if (options.specialUseOnly && use === undefined) continue
    const attributes: string[] = []
    if (behaviour.list.childrenFlags) {
      const hasChildren = all.some((other) => other.name.startsWith(`${name}${delimiter}`))
      attributes.push(hasChildren ? '\\HasChildren' : '\\HasNoChildren')
    }
    if (options.showsSubscribed && subscribed) attributes.push('\\Subscribed')
    if (use !== undefined) attributes.push(use)
    const written = astring(name, behaviour.wording.mailboxNames)
    session.untagged(`${verb} (${attributes.join(' ')}) "${delimiter}" ${written}`)
    if (options.status !== undefined) session.untagged(statusLine(session, mailbox, options.status))
  }
  return done
}

/** `*` is anything, `%` anything but the separator. Linear: a pattern of many stars must not take long. */
function patternMatcher(pattern: string): (name: string) => boolean {
  const inbox = /^inbox$/i.test(pattern) ? 'INBOX' : pattern.slice(0, 500)
  return (name) => {
    let reached = new Set([0])
    for (const char of inbox) {
      const next = new Set<number>()
      for (const at of reached) {
        if (char === '*' || char === '%') {
          for (let to = at; to <= name.length; to++) {
            next.add(to)
            if (char === '%' && name[to] === delimiter) break
          }
        } else if (name[at] === char) {
          next.add(at + 1)
        }
      }
      if (next.size === 0) return false
      reached = next
    }
    return reached.has(name.length)
  }
}
