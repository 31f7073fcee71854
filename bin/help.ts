// What stands below the flags in the help of a command: notes, exit codes, examples. Kept as data, for the man page and for tests.
import type { Command } from 'commander'

export interface HelpText {
  /** Paragraphs. */
  readonly notes?: readonly string[]
  /** A table: a word, and what it means. */
  readonly table?: { readonly title: string; readonly rows: readonly (readonly [string, string])[] }
  /** Where they are not those of every command. */
  readonly exitCodes?: readonly (readonly [code: number, meaning: string])[]
  /** A whole command line, and what it is good for. */
  readonly examples: readonly (readonly [line: string, purpose: string])[]
}

const texts = new WeakMap<Command, HelpText>()

export function helpTextOf(command: Command): HelpText | undefined {
  return texts.get(command)
}

/** Adds the text to the help of the command. */
export function withHelp(command: Command, text: HelpText): Command {
  texts.set(command, text)
  return command.addHelpText('after', () => render(text))
}

const width = 80

function render({ notes = [], table, exitCodes, examples }: HelpText): string {
  const parts = [
    ...notes.map((note) => wrap(note, '', '')),
    ...(table === undefined ? [] : [rows(table.title, table.rows)]),
    ...(exitCodes === undefined
      ? []
      : [
          rows(
            'Exit codes:',
            exitCodes.map(([code, meaning]) => [String(code), meaning]),
          ),
        ]),
    [
      'Examples:',
      ...examples.map(([line, purpose]) => `${shellLines(line)}\n${wrap(purpose, '      ', '      ')}`),
    ].join('\n'),
  ]
  return `\n${parts.join('\n\n')}`
}

function rows(title: string, all: readonly (readonly [string, string])[]): string {
  const column = Math.max(...all.map(([word]) => word.length)) + 4
  return [title, ...all.map(([word, meaning]) => wrap(meaning, `  ${word}`.padEnd(column), ' '.repeat(column)))].join(
    '\n',
  )
}

/** A command line that can be pasted into a shell, on as many lines as it needs: a flag stays with its value. */
export function shellLines(line: string, columns = width): string {
  return fill(line.split(/ (?=--|> )/), '  ', '    ', columns, ' \\')
}

function wrap(text: string, first: string, others: string): string {
  return fill(text.split(' '), first, others, width)
}

/** As many pieces on a line as fit; `end` stands behind every line but the last. */
function fill(pieces: readonly string[], first: string, others: string, columns: number, end = ''): string {
  const lines: string[] = []
  let line = ''
  for (const piece of pieces) {
    const start = lines.length === 0 ? first : others
    if (line === '') line = start + piece
    else if (`${line} ${piece}${end}`.length <= columns) line += ` ${piece}`
    else {
      lines.push(line + end)
      line = others + piece
    }
  }
  return [...lines, line].join('\n')
}
