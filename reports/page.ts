// A page of terminal text that is filled line by line: indents, hanging labels, wrapping, colour. Used by terminal.ts.
import { type Paint, paint } from './paint.ts'
import { printable, wrap } from './plain-text.ts'

export interface Page {
  readonly paint: Paint
  readonly width: number
  /** A line as it is. */
  raw(line: string): void
  /** Wrapped text at an indent; lines after the first at `hang` (default: the same). */
  add(indent: number, text: string, style?: (line: string) => string, hang?: number): void
  /** A coloured word at an indent (default 0), then text that hangs four columns further in. */
  labelled(label: string, color: (text: string) => string, text: string, indent?: number): void
  /** One empty line, never two. */
  blank(): void
  text(): string
}

export function page(options: { readonly color: boolean; readonly width: number }): Page {
  const lines: string[] = []
  const style = paint(options.color)
  const width = Math.min(Math.max(options.width, 40), 120)
  return {
    paint: style,
    width,
    raw: (line) => void lines.push(line),
    add(indent, text, shade = (line) => line, hang = indent) {
      for (const [index, line] of hanging(text, width, indent, hang).entries()) {
        lines.push(`${' '.repeat(index === 0 ? indent : hang)}${shade(line)}`)
      }
    },
    labelled(label, color, text, indent = 0) {
      const [first = '', ...rest] = hanging(text, width, indent + label.length + 2, indent + 4)
      lines.push(`${' '.repeat(indent)}${color(style.bold(label))}  ${first}`)
      for (const line of rest) lines.push(`${' '.repeat(indent + 4)}${line}`)
    },
    blank() {
      if (lines.length > 0 && lines.at(-1) !== '') lines.push('')
    },
    text: () => `${lines.join('\n')}\n`,
  }
}

/** `why     because ...`: a label of eight columns at indent four, text hanging beside it. */
export function block(
  out: Page,
  label: string,
  text: string,
  style: (line: string) => string = (line) => line,
  hang = 0,
): void {
  const left = 12
  for (const [index, line] of hanging(printable(text), out.width, left, left + hang).entries()) {
    const margin = index === 0 ? `    ${out.paint.dim(label)}${' '.repeat(8 - label.length)}` : ' '.repeat(left + hang)
    out.raw(`${margin}${style(line)}`)
  }
}

/** Lines whose first starts at column `first` and the others at column `rest`. */
function hanging(text: string, width: number, first: number, rest: number): string[] {
  const whole = text.trim()
  const [head = '', ...others] = wrap(whole, width - first)
  if (others.length === 0 || first === rest) return [head, ...others]
  return [head, ...wrap(whole.slice(head.length).trimStart(), width - rest)]
}
