// Text of strangers made safe to print, and wrapped to a width. Used by the terminal renderer and by the command line.

// C0 and C1 controls, DEL, zero-width and bidirectional marks, line separators, the byte order mark, tag characters.
const unsafe =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]|[\u{e0000}-\u{e007f}]/gu

/** Everything that could move the cursor, hide or reorder text is shown as an escape (`\x1b`); cut after `max` characters. */
export function printable(text: string, max = 2_000): string {
  const shown = text.length > max ? text.slice(0, max) : text
  const safe = shown.replace(unsafe, escaped)
  return text.length > max ? `${safe}... (${text.length - max} more characters)` : safe
}

function escaped(character: string): string {
  if (character === '\t') return ' '
  if (character === '\r') return '\\r'
  if (character === '\n') return '\\n'
  const code = character.codePointAt(0) ?? 0
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`
}

// Wide and emoji ranges, roughly those of Unicode TR 11; enough to keep columns straight.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
const combining = /\p{Mark}/u

/** Terminal columns that a printable text takes. */
export function columns(text: string): number {
  let total = 0
  for (const character of text) total += combining.test(character) ? 0 : wide.test(character) ? 2 : 1
  return total
}

/** Lines of at most `width` columns, broken at spaces; a word longer than a line is broken inside. */
export function wrap(text: string, width: number): string[] {
  const room = Math.max(width, 10)
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && columns(line) + 1 + columns(word) <= room) {
      line += ` ${word}`
      continue
    }
    if (line !== '') lines.push(line)
    const pieces = breakWord(word, room)
    lines.push(...pieces.slice(0, -1))
    line = pieces.at(-1) ?? ''
  }
  if (line !== '' || lines.length === 0) lines.push(line)
  return lines
}

function breakWord(word: string, room: number): string[] {
  if (columns(word) <= room) return [word]
  const pieces: string[] = []
  let piece = ''
  let taken = 0
  for (const character of word) {
    const size = columns(character)
    if (taken + size > room) {
      pieces.push(piece)
      piece = ''
      taken = 0
    }
    piece += character
    taken += size
  }
  pieces.push(piece)
  return pieces
}
