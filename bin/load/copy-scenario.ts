// Puts a shipped scenario beside the user, to be changed. Used by scenarios.
import { readFile, writeFile } from 'node:fs/promises'
import * as nodeModule from 'node:module'
import { extname, resolve } from 'node:path'
import { reasonNotWritten } from '../read-file.ts'
import { UsageError, unknown } from '../usage-error.ts'
import { shippedScenarios } from './shipped-scenarios.ts'

const extensions = ['.ts', '.js', '.mjs']

/** `file` is relative to `cwd`; never writes over one. Gives what to tell the user. Throws UsageError. */
export async function copyScenario(name: string, file: string | undefined, cwd: string): Promise<string> {
  const names = shippedScenarios.map((scenario) => scenario.name)
  if (!names.some((known) => known === name)) throw unknown('scenario', name, names)
  const target = file ?? `${name}${process.features.typescript ? '.ts' : '.js'}`
  const extension = extname(target)
  if (!extensions.includes(extension)) {
    throw new UsageError(`${target}: a scenario is a .ts or .js file`, `write for example ${name}.ts`)
  }
  const text = await textOf(name, extension === '.ts')
  try {
    await writeFile(resolve(cwd, target), text, { flag: 'wx' })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') {
      throw new UsageError(`${target} is there already, and stays as it is`, 'name another FILE', { cause })
    }
    throw new UsageError(`cannot write ${target}: ${reasonNotWritten(cause)}`, undefined, { cause })
  }
  const path = target.startsWith('-') ? `./${target}` : target
  const needs = extension === '.ts' && !process.features.typescript ? ' (with Node 22.18 or newer)' : ''
  return `${target} is a copy of ${name}. Change it, and run it${needs}:\n  chatmail-check load ${path} ${name === 'federation' ? '@reference @reference:domain=other.test' : '@reference'}\n`
}

/** The published package has both; in the sources there is TypeScript alone. */
async function textOf(name: string, typed: boolean): Promise<string> {
  const here = import.meta.url
  if (here.endsWith('.ts')) {
    const source = await readFile(new URL(`../../scenarios/${name}.ts`, here), 'utf8')
    return typed ? source : tidied(nodeModule.stripTypeScriptTypes(source))
  }
  return await readFile(new URL(typed ? `../../../scenarios/${name}.ts` : `../../scenarios/${name}.js`, here), 'utf8')
}

/** Types leave holes. */
function tidied(source: string): string {
  return source.replace(/^ +\n/gm, '').replace(/^(export const options) +=/m, '$1 =')
}
