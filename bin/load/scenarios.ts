// Where scenario files are: those that are shipped, by name, and files of the user. Used by load and list.
import { existsSync } from 'node:fs'
import { basename, extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { UsageError, unknown } from '../usage-error.ts'
import { shippedScenarios } from './shipped-scenarios.ts'

export interface Scenario {
  /** Without the folder that it is in. */
  readonly name: string
  readonly url: string
}

/** The arguments of `load`: a scenario, a host, both or neither; with a scenario, also two hosts. Throws UsageError. */
export function readArguments(
  args: readonly string[],
  cwd: string,
): { readonly scenario: Scenario; readonly hosts: readonly string[] } {
  const [first, ...rest] = args
  if (first === undefined) return { scenario: shipped('steady'), hosts: [] }
  const named = findScenario(first, cwd)
  if (named !== undefined) return { scenario: named, hosts: rest }
  if (rest.length > 0 || !looksLikeHost(first)) {
    throw unknown(
      'scenario',
      first,
      shippedScenarios.map(({ name }) => name),
    )
  }
  return { scenario: shipped('steady'), hosts: [first] }
}

function findScenario(text: string, cwd: string): Scenario | undefined {
  if (shippedScenarios.some(({ name }) => name === text)) return shipped(text)
  const extension = extname(text)
  if (!['.js', '.mjs', '.ts'].includes(extension)) return undefined
  const file = resolve(cwd, text)
  if (!existsSync(file))
    throw new UsageError(`there is no scenario file ${text}`, 'chatmail-check scenarios copy steady makes one')
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
