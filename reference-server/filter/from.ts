// Compares the From header with the envelope sender. Used by the filter on submission.
import type { SubmissionBehaviour } from '../behaviour/submission.ts'
import type { HeaderField } from './mime.ts'

/** A refusal, or undefined when the From header is the sender's own. */
export function judgeFrom(
  headers: readonly HeaderField[],
  sender: string,
  rules: SubmissionBehaviour,
): string | undefined {
  // The null sender is no address to compare with; whether it may come this far is decided before.
  if (rules.headerFrom === 'unchecked' || sender === '') return undefined
  const froms = headers.filter((field) => field.name === 'from').map((field) => field.value)
  const first = froms[0]
  if (first === undefined) return rules.missingFrom === 'accept' ? undefined : rules.missingFromReply
  if (froms.length > 1 && rules.twoFroms === 'refuse') return '550 5.7.1 More than one From header'
  if (rules.addresslessFrom === 'accept' && firstAddress(first) === undefined) return undefined
  const fold = (address: string) => (rules.headerFromFoldsCase ? address.toLowerCase() : address)
  const own = fold(sender)
  const isOwn = (value: string) => fold(firstAddress(value) ?? '') === own
  if (rules.trustsSenderHeader && headers.some((field) => field.name === 'sender' && isOwn(field.value)))
    return undefined

  const good = {
    first: () => isOwn(first),
    last: () => isOwn(froms.at(-1) ?? ''),
    any: () => froms.some((value) => value.split(',').some((each) => isOwn(each))),
    'display-name': () => fold(/[^\s<>"']+@[^\s<>"']+/.exec(first)?.[0] ?? '') === own,
    'same-domain': () => domainOf(fold(firstAddress(first) ?? '')) === domainOf(own),
    bare: () => fold(first.replace(/^<(.*)>$/, '$1')) === own,
    'single-mailbox': () => isOwn(first) && !/[:;,]/.test(first),
    substring: () => fold(first).includes(own),
  }[rules.headerFrom]
  if (good()) return undefined
  const address = firstAddress(first)
  if (address === undefined) return `${rules.missingFromReply}: ${first.slice(0, 100)}`
  return rules.headerFromReply.replaceAll('{header}', address.toLowerCase()).replaceAll('{sender}', sender)
}

/** The address of the first mailbox of an address list (RFC 5322 3.4): comments, quotes and a group name are skipped. */
export function firstAddress(value: string): string | undefined {
  let plain = ''
  let angle: string | undefined
  let depth = 0
  let quoted = false
  for (let i = 0; i < value.length; i++) {
    const character = value[i] ?? ''
    if (character === '\\' && (quoted || depth > 0)) {
      i += 1
    } else if (quoted) {
      if (character === '"') quoted = false
      else if (angle !== undefined) angle += character
    } else if (character === '"') {
      quoted = true
    } else if (character === '(') {
      depth += 1
    } else if (character === ')' && depth > 0) {
      depth -= 1
    } else if (depth > 0) {
      // Inside a comment.
    } else if (character === '<') {
      angle = ''
    } else if (angle !== undefined) {
      if (character === '>') break
      angle += character
    } else if (character === ':') {
      // What came before was the name of a group.
      plain = ''
    } else if (character === ',' || character === ';') {
      if (plain.trim() !== '') break
    } else {
      plain += character
    }
  }
  const address = (angle ?? plain).trim()
  return /^[^\s@]+@[^\s@]+$/.test(address) ? address : undefined
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1)
}
