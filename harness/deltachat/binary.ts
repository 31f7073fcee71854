// Where the real Delta Chat core is: the program `deltachat-rpc-server`, and the package that speaks with it. Both are the
// user's to install. Used by whoever starts a run, before it is planned.
import { access, constants, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, isAbsolute, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

export interface CoreBinary {
  /** Absolute path of the program. */
  readonly path: string
  /** Absolute path of the package that speaks with it, to be required. */
  readonly client: string
  /** Who named it: a variable of the environment, a package of the user's project or of ours, or PATH. */
  readonly from: 'variable' | 'project' | 'own' | 'path'
}

const clientPackage = '@deltachat/jsonrpc-client'
const wrapper = '@deltachat/stdio-rpc-server'

/** The line that adds what is missing. */
export const howToAddCore = `npm install ${wrapper} ${clientPackage}`

const variable = 'DELTA_CHAT_RPC_SERVER'
const program = 'deltachat-rpc-server'

/** `cwd`: the user's project. Undefined when there is none; a variable that names nothing counts as none, not as another. */
export async function findCore(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): Promise<CoreBinary | undefined> {
  const bases = [
    ['project', pathToFileURL(join(cwd, 'package.json')).href],
    ['own', import.meta.url],
  ] as const
  const client = bases.map(([, base]) => resolved(base, clientPackage)).find((path) => path !== undefined)
  if (client === undefined) return undefined
  const named = env[variable]
  if (named !== undefined && named !== '') {
    const path = resolve(cwd, named)
    return (await runs(path)) ? { path, client, from: 'variable' } : undefined
  }
  for (const [from, base] of bases) {
    const path = packaged(base)
    if (path !== undefined && (await runs(path))) return { path, client, from }
  }
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    const path = join(folder, program)
    if (isAbsolute(folder) && (await runs(path))) return { path, client, from: 'path' }
  }
  return undefined
}

/** The package for this machine is a dependency of the wrapper package and may lie below it only. */
function packaged(base: string): string | undefined {
  const fitting = `${wrapper}-${process.platform}-${process.arch}`
  for (const from of [base, resolved(base, wrapper)]) {
    const path = from === undefined ? undefined : resolved(from, fitting)
    if (path !== undefined) return path
  }
  return undefined
}

function resolved(from: string, name: string): string | undefined {
  try {
    return createRequire(from).resolve(name)
  } catch {
    return undefined
  }
}

async function runs(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}
