// Flags as clients write and read them (RFC 3501 2.3.2).
import type { StoredMessage } from '../mailbox/message.ts'
import { listOf, type Token } from './tokens.ts'
import type { View } from './view.ts'

export const systemFlags = ['\\Answered', '\\Flagged', '\\Deleted', '\\Seen', '\\Draft'] as const

const keywordForm = /^[\x21\x23\x24\x26\x27\x2b-\x5b\x5d-\x7a\x7c\x7e]{1,200}$/
const flagLimit = 60

/** What is shown of a message's flags, `\Recent` included. */
export function flagList(view: View, message: StoredMessage): string {
  const flags = [...message.flags]
  if (view.isRecent(message)) flags.push('\\Recent')
  return flags.join(' ')
}

/** Flags of a list or of bare atoms, system flags in their usual case; undefined when one is not a flag. */
export function parseFlags(tokens: readonly Token[]): readonly string[] | undefined {
  const items = tokens.length === 1 ? (listOf(tokens[0]) ?? tokens) : tokens
  if (items.length > flagLimit) return undefined
  const flags: string[] = []
  for (const item of items) {
    if (item.kind !== 'atom') return undefined
    const system = systemFlags.find((flag) => flag.toLowerCase() === item.text.toLowerCase())
    if (system !== undefined) flags.push(system)
    else if (keywordForm.test(item.text)) flags.push(item.text)
    else return undefined
  }
  return flags
}
