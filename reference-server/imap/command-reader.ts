// Puts commands together from lines and literals, asking before each literal whether it is welcome (RFC 3501 4.3, RFC 7888).
import type { ByteReader } from './byte-reader.ts'
import type { Piece } from './tokens.ts'

export interface Command {
  readonly tag: string
  /** Upper-case; `UID` and its verb are joined: `UID FETCH`. */
  readonly name: string
  /** The name as it was written. */
  readonly written: string
  /** What follows the name. */
  readonly pieces: readonly Piece[]
}

export type CommandRead =
  | { readonly kind: 'command'; readonly command: Command }
  /** A literal was not welcome; `reply` goes out with the tag. */
  | { readonly kind: 'refused'; readonly tag: string; readonly reply: string }
  | { readonly kind: 'too-long'; readonly tag: string }
  | { readonly kind: 'bad-tag' }
  | { readonly kind: 'endless' }
  | { readonly kind: 'ended' }

export interface Literal {
  readonly size: number
  readonly synchronizing: boolean
}

/** `refusal`: a reply without tag instead; `continues`: whether `+ OK` is sent before the octets are awaited. */
export type LiteralAnswer =
  | { readonly refusal: string }
  /** `dropped`: the octets are read and thrown away, and the command counts as one without the literal. */
  | { readonly continues: boolean; readonly dropped?: boolean }

export interface CommandReaderOptions {
  readonly reader: ByteReader
  lineBytes(): number
  admit(command: Command, literal: Literal): LiteralAnswer
  continueWith(text: string): void
}

const literalEnd = /\{(\d{1,10})(\+?)\}$/
const tagForm = /^[\x21\x23\x24\x26\x27\x2c-\x5b\x5d-\x7a\x7c\x7e]+$/
const literalsPerCommand = 64
/** A literal that nobody asked for is read and dropped up to this size; a larger one ends the connection. */
const droppedLiteral = 64 * 1024 * 1024

export async function readCommand(options: CommandReaderOptions): Promise<CommandRead> {
  const { reader } = options
  const pieces: Piece[] = []
  let lineBytes = 0
  for (let literals = 0; ; literals++) {
    const line = await reader.line(Math.max(0, options.lineBytes() - lineBytes))
    if (line === 'ended' || line === 'endless') return { kind: line }
    if ('tooLong' in line) {
      const start = pieces.length === 0 ? [line.tooLong.toString('latin1')] : pieces
      return { kind: 'too-long', tag: head(start)?.tag ?? '*' }
    }
    lineBytes += line.length
    const text = line.toString('latin1')
    const found = literalEnd.exec(text)
    if (found === null || literals >= literalsPerCommand) {
      pieces.push(text)
      const command = head(pieces)
      return command === undefined ? { kind: 'bad-tag' } : { kind: 'command', command }
    }
    const literal = { size: Number(found[1]), synchronizing: found[2] === '' }
    pieces.push(text.slice(0, found.index))
    const command = head(pieces)
    if (command === undefined) return { kind: 'bad-tag' }
    const answer = options.admit(command, literal)
    if ('refusal' in answer) {
      if (!literal.synchronizing) {
        if (literal.size > droppedLiteral || !(await reader.skip(literal.size))) return { kind: 'endless' }
        const rest = await reader.line(options.lineBytes())
        if (rest === 'ended' || rest === 'endless') return { kind: rest }
      }
      return { kind: 'refused', tag: command.tag, reply: answer.refusal }
    }
    if (answer.continues) options.continueWith('+ OK')
    if (answer.dropped === true) {
      if (!(await reader.skip(literal.size))) return { kind: 'ended' }
      continue
    }
    const bytes = await reader.take(literal.size)
    if (bytes === undefined) return { kind: 'ended' }
    pieces.push(bytes)
  }
}

function head(pieces: readonly Piece[]): Command | undefined {
  const first = pieces[0]
  if (typeof first !== 'string') return undefined
  const [, tag, written = '', rest = ''] = /^([^ ]*)(?: +([^ ]+)(.*))?$/s.exec(first) ?? []
  if (tag === undefined || !tagForm.test(tag)) return undefined
  if (written.toUpperCase() === 'UID') {
    const [, verb = '', behind = ''] = /^ +([^ ]+)(.*)$/s.exec(rest) ?? []
    return {
      tag,
      written: `${written} ${verb}`,
      name: `UID ${verb.toUpperCase()}`,
      pieces: [behind, ...pieces.slice(1)],
    }
  }
  return { tag, written, name: written.toUpperCase(), pieces: [rest, ...pieces.slice(1)] }
}
