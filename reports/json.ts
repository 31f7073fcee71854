// The record of a run as JSON text and back. Everything else is rendered from it.
import { type Result, resultFormat, result as resultSchema } from '../harness/result/schema.ts'

/** A text that is not a result of ours: `message` says what is wrong with it, in one line. */
export class NotAResult extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'NotAResult'
  }
}

export function renderJson(result: Result): string {
  return `${JSON.stringify(result, null, 2)}\n`
}

/** Reads what `renderJson` wrote, also by an older or newer minor version: unknown fields are kept. Throws NotAResult. */
export function readResult(text: string): Result {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new NotAResult('it is not JSON', { cause })
  }
  const format = typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined
  const [, newer] = /^chatmail-check\/result\/(\d{1,6})$/.exec(typeof format === 'string' ? format : '') ?? []
  if (newer !== undefined && Number(newer) > Number(resultFormat.split('/').at(-1)))
    throw new NotAResult(
      `it is of a newer version (${format}), and this one reads ${resultFormat}: update chatmail-check`,
    )
  if (format !== resultFormat) {
    const found = typeof format === 'string' ? `format ${JSON.stringify(format.slice(0, 60))}` : 'no format'
    throw new NotAResult(`it says ${found}; wanted ${resultFormat}`)
  }
  const read = resultSchema.safeParse(value)
  if (read.success) return read.data
  const issue = read.error.issues[0]
  throw new NotAResult(`${issue?.path.join('.') ?? 'the record'}: ${issue?.message ?? 'does not fit the schema'}`)
}
