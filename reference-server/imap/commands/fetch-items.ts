// Reads what FETCH asks for (RFC 3501 6.4.5, RFC 7162 3.1.4).
import type { Section } from '../message/section.ts'
import { keywordOf, listOf, stringOf, type Token } from '../tokens.ts'

export type FetchItem =
  | { readonly kind: 'plain'; readonly name: PlainName }
  | {
      readonly kind: 'section'
      readonly section: Section
      /** As it is named in the reply: `BODY[TEXT]<0>`, `RFC822.HEADER`. */
      readonly label: string
      readonly setsSeen: boolean
      readonly partial: { readonly offset: number; readonly count: number } | undefined
    }

export type PlainName = (typeof plainNames)[number]

const plainNames = [
  ...(['UID', 'FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE', 'BODY', 'BODYSTRUCTURE', 'MODSEQ'] as const),
] as const

const macros: Readonly<Record<string, readonly PlainName[]>> = {
  ALL: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE'],
  FAST: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE'],
  FULL: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE', 'BODY'],
}

const whole = { part: [], fields: [] } as const
const itemLimit = 100

/** Undefined when there is something FETCH does not know. */
export function parseFetchItems(token: Token | undefined): readonly FetchItem[] | undefined {
  const macro = macros[keywordOf(token) ?? '']
  if (macro !== undefined) return macro.map((name) => ({ kind: 'plain', name }))
  const tokens = listOf(token) ?? (token === undefined ? [] : [token])
  if (tokens.length === 0 || tokens.length > itemLimit) return undefined
  const items: FetchItem[] = []
  for (const one of tokens) {
    const item = one.kind === 'section' ? sectionItem(one) : simpleItem(keywordOf(one))
    if (item === undefined) return undefined
    items.push(item)
  }
  return items
}

function simpleItem(name: string | undefined): FetchItem | undefined {
  const plain = plainNames.find((known) => known === name)
  if (plain !== undefined) return { kind: 'plain', name: plain }
  const rest = { kind: 'section', partial: undefined } as const
  if (name === 'RFC822') return { ...rest, section: { ...whole, what: '' }, label: name, setsSeen: true }
  if (name === 'RFC822.HEADER') return { ...rest, section: { ...whole, what: 'HEADER' }, label: name, setsSeen: false }
  if (name === 'RFC822.TEXT') return { ...rest, section: { ...whole, what: 'TEXT' }, label: name, setsSeen: true }
  return undefined
}

const sectionForm = /^((?:[1-9]\d{0,4}(?:\.|$))*)(HEADER|HEADER\.FIELDS|HEADER\.FIELDS\.NOT|TEXT|MIME)?$/

function sectionItem(token: Extract<Token, { kind: 'section' }>): FetchItem | undefined {
  const [first, list, ...more] = token.items
  const spec = first === undefined ? '' : keywordOf(first)
  const found = spec === undefined ? null : sectionForm.exec(spec)
  if (found === null || more.length > 0) return undefined
  const part = (found[1] ?? '').split('.').filter(Boolean).map(Number)
  const what = (found[2] ?? '') as Section['what']
  if (part.length > 20 || (what === 'MIME' && part.length === 0) || /\d\.$/.test(spec ?? '')) return undefined
  const names = listOf(list)?.map(stringOf)
  const withFields = what.startsWith('HEADER.FIELDS')
  if (withFields !== (names !== undefined) || (list !== undefined && names === undefined)) return undefined
  if (names?.some((name) => name === undefined || !/^[\x21-\x39\x3b-\x7e]+$/.test(name))) return undefined
  const fields = (names ?? []) as string[]
  const window = /^(?:<(\d{1,10})\.(\d{1,10})>)?$/.exec(token.rest)
  if (window === null) return undefined
  const partial = window[1] === undefined ? undefined : { offset: Number(window[1]), count: Number(window[2]) }
  if (partial?.count === 0) return undefined
  const inner = `${spec?.toUpperCase() ?? ''}${withFields ? ` (${fields.join(' ')})` : ''}`
  return {
    kind: 'section',
    section: { part, what, fields },
    label: `BODY[${inner}]${partial === undefined ? '' : `<${partial.offset}>`}`,
    setsSeen: token.name === 'BODY',
    partial,
  }
}
