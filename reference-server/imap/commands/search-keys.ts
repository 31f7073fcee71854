// Turns the keys of SEARCH into one test of a message (RFC 3501 6.4.4, RFC 7162 3.1.5).
import { bodyStart, fieldValue, headerFields } from '../message/header.ts'
import { parseDate } from '../quoting.ts'
import { parseSet } from '../sequence-set.ts'
import { listOf, stringOf, type Token } from '../tokens.ts'
import type { Numbered, View } from '../view.ts'

export type Test = (entry: Numbered) => boolean

const day = 86_400_000
const depthLimit = 24

const flagKeys: Readonly<Record<string, readonly [flag: string, set: boolean]>> = {
  ANSWERED: ['\\Answered', true],
  DELETED: ['\\Deleted', true],
  DRAFT: ['\\Draft', true],
  FLAGGED: ['\\Flagged', true],
  SEEN: ['\\Seen', true],
  UNANSWERED: ['\\Answered', false],
  UNDELETED: ['\\Deleted', false],
  UNDRAFT: ['\\Draft', false],
  UNFLAGGED: ['\\Flagged', false],
  UNSEEN: ['\\Seen', false],
}

export class SearchKeys {
  readonly #tokens: Token[]
  readonly #view: View
  readonly #how: Parameters<View['select']>[2]
  readonly #depth: number
  usesModseq = false

  constructor(tokens: readonly Token[], view: View, how: Parameters<View['select']>[2], depth = 0) {
    this.#tokens = [...tokens]
    this.#view = view
    this.#how = how
    this.#depth = depth
  }

  /** All keys together; undefined when one is unknown. */
  all(): Test | undefined {
    if (this.#tokens.length === 0 || this.#depth > depthLimit) return undefined
    const tests: Test[] = []
    while (this.#tokens.length > 0) {
      const test = this.#one()
      if (test === undefined) return undefined
      tests.push(test)
    }
    return (entry) => tests.every((test) => test(entry))
  }

  #text(): string | undefined {
    return stringOf(this.#tokens.shift())
  }

  #one(depth = 0): Test | undefined {
    const token = this.#tokens.shift()
    if (depth > depthLimit || token === undefined) return undefined
    const list = listOf(token)
    if (list !== undefined) {
      const inner = new SearchKeys(list, this.#view, this.#how, this.#depth + 1)
      const test = inner.all()
      this.usesModseq ||= inner.usesModseq
      return test
    }
    const key = stringOf(token)?.toUpperCase() ?? ''
    const flag = flagKeys[key]
    if (flag !== undefined) return ({ message }) => message.flags.has(flag[0]) === flag[1]
    if (parseSet(key) !== undefined) return this.#inSet(key, false)
    const recent: Test = ({ message }) => this.#view.isRecent(message)
    switch (key) {
      case 'ALL':
        return () => true
      case 'NEW':
        return (entry) => recent(entry) && !entry.message.flags.has('\\Seen')
      case 'OLD':
        return (entry) => !recent(entry)
      case 'RECENT':
        return recent
      case 'NOT': {
        const test = this.#one(depth + 1)
        return test && ((entry) => !test(entry))
      }
      case 'OR': {
        const left = this.#one(depth + 1)
        const right = this.#one(depth + 1)
        return left && right && ((entry) => left(entry) || right(entry))
      }
      case 'UID':
        return this.#inSet(this.#text() ?? '', true)
      case 'KEYWORD':
      case 'UNKEYWORD': {
        const word = this.#text()?.toLowerCase()
        const set = key === 'KEYWORD'
        return ({ message }) => [...message.flags].some((name) => name.toLowerCase() === word) === set
      }
      case 'LARGER':
      case 'SMALLER': {
        const size = Number(this.#text())
        if (!Number.isSafeInteger(size)) return undefined
        return ({ message }) => (key === 'LARGER' ? message.size > size : message.size < size)
      }
      case 'MODSEQ':
        return this.#modseq()
      default:
        return this.#dateKey(key) ?? this.#textKey(key)
    }
  }

  #inSet(text: string, byUid: boolean): Test | undefined {
    const ranges = parseSet(text)
    if (ranges === undefined) return undefined
    const numbers = new Set(this.#view.select(ranges, byUid, this.#how).map(({ number }) => number))
    return ({ number }) => numbers.has(number)
  }

  #modseq(): Test | undefined {
    let value = this.#text()
    // An entry name and type may come first (RFC 7162 3.1.5); they do not matter here.
    if (value !== undefined && !/^\d+$/.test(value)) {
      this.#text()
      value = this.#text()
    }
    const modseq = Number(value)
    if (value === undefined || !Number.isSafeInteger(modseq)) return undefined
    this.usesModseq = true
    return ({ message }) => message.modseq >= modseq
  }

  #dateKey(key: string): Test | undefined {
    const found = /^(SENT)?(BEFORE|ON|SINCE)$/.exec(key)
    if (found === null) return undefined
    const date = parseDate(this.#text() ?? '')
    if (date === undefined) return undefined
    const dateOf = found[1] === undefined ? ({ message }: Numbered) => message.internalDate : sentDate
    const compare = { BEFORE: (d: number) => d < date, ON: (d: number) => d === date, SINCE: (d: number) => d >= date }
    const test = compare[found[2] as keyof typeof compare]
    // Only the day counts.
    return (entry) => test(Math.floor(dateOf(entry) / day) * day)
  }

  #textKey(key: string): Test | undefined {
    if (key === 'HEADER') {
      const name = this.#text()?.toLowerCase()
      const wanted = this.#text()?.toLowerCase()
      return name === undefined || wanted === undefined ? undefined : headerTest(name, wanted)
    }
    const wanted = ['BCC', 'CC', 'FROM', 'SUBJECT', 'TO', 'BODY', 'TEXT'].includes(key) ? this.#text() : undefined
    if (wanted === undefined) return undefined
    const needle = wanted.toLowerCase()
    if (key !== 'BODY' && key !== 'TEXT') return headerTest(key.toLowerCase(), needle)
    return ({ message }) => {
      const bytes = bufferOf(message.bytes)
      const start = key === 'TEXT' ? 0 : bodyStart(bytes, { start: 0, end: bytes.length })
      return bytes.toString('latin1', start).toLowerCase().includes(needle)
    }
  }
}

function headerTest(name: string, wanted: string): Test {
  return ({ message }) => {
    const bytes = bufferOf(message.bytes)
    const end = bodyStart(bytes, { start: 0, end: bytes.length })
    return headerFields(bytes, { start: 0, end }).some(
      (field) => field.name.toLowerCase() === name && field.value.toLowerCase().includes(wanted),
    )
  }
}

function sentDate({ message }: Numbered): number {
  const bytes = bufferOf(message.bytes)
  const end = bodyStart(bytes, { start: 0, end: bytes.length })
  const date = Date.parse(fieldValue(headerFields(bytes, { start: 0, end }), 'date') ?? '')
  return Number.isNaN(date) ? message.internalDate : date
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
