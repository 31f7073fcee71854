// Sequence sets: `1:5,7,9:*` (RFC 3501 9). Kept as ranges: `1:4294967295` must not be counted out.

export interface SetRange {
  /** Infinity stands for `*`. */
  readonly from: number
  readonly to: number
}

const rangesLimit = 5000

/** Undefined when it is not a set. */
export function parseSet(text: string | undefined): readonly SetRange[] | undefined {
  if (text === undefined || text === '') return undefined
  const words = text.split(',')
  if (words.length > rangesLimit) return undefined
  const ranges: SetRange[] = []
  for (const word of words) {
    const found = /^(\d{1,10}|\*)(?::(\d{1,10}|\*))?$/.exec(word)
    if (found === null) return undefined
    const from = edge(found[1] as string)
    const to = edge(found[2] ?? (found[1] as string))
    if (from === 0 || to === 0) return undefined
    ranges.push({ from: Math.min(from, to), to: Math.max(from, to) })
  }
  return ranges
}

function edge(word: string): number {
  return word === '*' ? Number.POSITIVE_INFINITY : Number(word)
}

/** `1:3,5` of ascending numbers. */
export function formatSet(numbers: readonly number[]): string {
  const words: string[] = []
  for (let i = 0; i < numbers.length; i++) {
    const from = numbers[i] as number
    while (i + 1 < numbers.length && numbers[i + 1] === (numbers[i] as number) + 1) i++
    const to = numbers[i] as number
    words.push(from === to ? `${from}` : `${from}:${to}`)
  }
  return words.join(',')
}
