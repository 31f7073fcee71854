// `--list FILE`: the hosts of a list of relays, as JSON with `relays[].host` or as one domain a line. Used by the compare command.
import { z } from 'zod'
import { UsageError } from '../usage-error.ts'

const listed = z.looseObject({ relays: z.array(z.looseObject({ host: z.string().min(1) })).min(1) })

/** Hosts in the order of the file, each once. Throws UsageError: an empty list is a broken one. */
export function parseRelayList(text: string, file: string): readonly string[] {
  const hosts = /^\s*[{[]/.test(text) ? fromJson(text, file) : fromLines(text)
  const bad = hosts.find((host) => /[\s/,;]/.test(host))
  if (bad !== undefined) throw new UsageError(`--list: ${file} names "${bad.slice(0, 80)}", which is no host`, howTo)
  if (hosts.length === 0) throw new UsageError(`--list: ${file} names no host`, howTo)
  return [...new Set(hosts)]
}

const howTo = 'one domain a line, # begins a comment; or JSON: { "relays": [{ "host": "chat.example" }] }'

function fromLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '')
}

function fromJson(text: string, file: string): string[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new UsageError(`--list: ${file} is not JSON: ${cause instanceof Error ? cause.message : ''}`, howTo, {
      cause,
    })
  }
  const read = listed.safeParse(value)
  if (read.success) return read.data.relays.map(({ host }) => host)
  const issue = read.error.issues[0]
  throw new UsageError(`--list: ${file}: ${issue?.path.join('.') || 'the whole'}: ${issue?.message}`, howTo)
}
