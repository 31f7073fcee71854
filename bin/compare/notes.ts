// `--notes FILE`: what the keeper of a list writes beside hosts, and which of them asked to be left out. Used by the compare command.
import { z } from 'zod'
import { readTextFile } from '../read-file.ts'
import { UsageError } from '../usage-error.ts'

const note = z.strictObject({
  /** `until 1 April: moving to a new machine` */
  maintenance: z.string().optional(),
  /** What its operator answers. */
  reply: z.string().optional(),
  /** Why it is not asked, or just true. */
  optOut: z.union([z.boolean(), z.string()]).optional(),
})

export type HostNote = z.infer<typeof note>

export type Notes = ReadonlyMap<string, HostNote>

/** By host, in lower case. Throws UsageError: a mistyped word must not become a host that is asked against its will. */
export async function readNotes(file: string | undefined, cwd: string): Promise<Notes> {
  if (file === undefined) return new Map()
  let value: unknown
  try {
    value = JSON.parse(await readTextFile(file, cwd, '--notes'))
  } catch (cause) {
    if (cause instanceof UsageError) throw cause
    throw new UsageError(`--notes: ${file} is not JSON: ${cause instanceof Error ? cause.message : ''}`, shape, {
      cause,
    })
  }
  const read = z.record(z.string(), note).safeParse(value)
  if (!read.success) {
    const issue = read.error.issues[0]
    throw new UsageError(`--notes: ${file}: ${issue?.path.join(' ') || 'the whole'}: ${issue?.message}`, shape)
  }
  return new Map(Object.entries(read.data).map(([host, words]) => [host.toLowerCase(), words]))
}

const shape = 'write { "chat.example": { "maintenance": "...", "reply": "...", "optOut": true } }'

/** Undefined where the host has not opted out. */
export function optedOut(notes: Notes, label: string): string | undefined {
  const wish = notes.get(label.toLowerCase())?.optOut
  if (wish === undefined || wish === false) return undefined
  return typeof wish === 'string' ? wish : 'its operator asked not to be compared'
}
