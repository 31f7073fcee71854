// Where scenario files are: those that are shipped, by name, and files of the user. Used by load and list.
import { existsSync } from 'node:fs'
import { basename, extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { UsageError, unknown } from '../usage-error.ts'

export interface Scenario {
  /** Without the folder that it is in. */
  readonly name: string
  readonly url: string
}

export const shippedScenarios = [
  { name: 'smoke', question: 'does a load run work at all against this server?' },
  { name: 'steady', question: 'does it keep up with ordinary chats at a given rate of messages?' },
  { name: 'burst', question: 'does it keep up with groups, where a message goes to many members?' },
  { name: 'idle-crowd', question: 'how soon does somebody hear of a message while many others idle?' },
  { name: 'signup-storm', question: 'how fast does it make accounts when many people join at once?' },
  { name: 'reconnect-storm', question: 'all clients come back at once: are they let in, is everything there?' },
  { name: 'files', question: 'does it keep up with photos and files, at how many MB a second?' },
  { name: 'soak', question: 'is it after a long time (30 minutes) as it was at the beginning?' },
  { name: 'federation', question: 'does mail keep flowing from one server to another (load federation A B)?' },
] as const

/** The arguments of `load`: a scenario, a host, both or neither. Throws UsageError. */
export function readArguments(args: readonly string[], cwd: string): { scenario: Scenario; host: string | undefined } {
  const [first, second] = args
  if (first === undefined) return { scenario: shipped('steady'), host: undefined }
  const named = findScenario(first, cwd)
  if (named !== undefined) return { scenario: named, host: second }
  if (second !== undefined || !looksLikeHost(first)) {
    throw unknown(
      'scenario',
      first,
      shippedScenarios.map(({ name }) => name),
    )
  }
  return { scenario: shipped('steady'), host: first }
}

function findScenario(text: string, cwd: string): Scenario | undefined {
  if (shippedScenarios.some(({ name }) => name === text)) return shipped(text)
  const extension = extname(text)
  if (!['.js', '.mjs', '.ts'].includes(extension)) return undefined
  const file = resolve(cwd, text)
  if (!existsSync(file)) throw new UsageError(`there is no scenario file ${text}`)
  if (extension === '.ts' && !process.features.typescript) {
    throw new UsageError(
      `${text} is TypeScript, which Node ${process.version} does not run`,
      'use Node 22.18 or newer, or a .js file',
    )
  }
  return { name: basename(text), url: pathToFileURL(file).href }
}

function shipped(name: string): Scenario {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return { name, url: new URL(`../../scenarios/${name}.${extension}`, import.meta.url).href }
}

function looksLikeHost(text: string): boolean {
  return text.startsWith('@') || text.startsWith('[') || text.includes('.')
}
