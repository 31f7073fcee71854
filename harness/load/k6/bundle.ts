// One script for k6 out of a scenario file and our chatmail module, whose few places that need Node are changed for those of this
// folder. Used by `load export`. esbuild is brought by the user: most have no use for it. Standalone programs cannot have it, and
// bring the scripts of the shipped scenarios instead, made when they were built.
import { readFile } from 'node:fs/promises'
import { dirname, extname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Settings } from './settings.ts'

/** esbuild is not there, or cannot read the file; the message says which. */
export class BundleError extends Error {
  readonly code: 'no-bundler' | 'unreadable'

  constructor(code: BundleError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'BundleError'
    this.code = code
  }
}

interface ScenarioFile {
  readonly url: string
  /** What it exports, options aside. */
  readonly functions: readonly string[]
}

/** In Node and in k6: paths from this folder. */
const changed: Readonly<Record<string, string>> = {
  '../../clients/connect': './connect',
  '../../clients/latin1': './latin1',
  '../chatmail/consent': './consent',
}

const here = fileURLToPath(import.meta.url)
const extension = extname(here)
const ours = (path: string) => `${resolve(dirname(here), path)}${extension}`

/** Stands in a script for the settings, which only the run knows. */
const later = JSON.stringify('the settings of the run')

/** The script. Throws BundleError. */
export async function bundle(file: ScenarioFile & { readonly settings: Settings }): Promise<string> {
  const script = (await madeBefore(file.url)) ?? (await bundleForLater(file))
  return script.replace(later, () => JSON.stringify(file.settings))
}

/** Where a standalone program has the script of a shipped scenario, from this file. */
export const placeOfMade = (name: string): string => `./made/${name}.js`

/** Undefined where there is none, as everywhere but in standalone programs. */
async function madeBefore(url: string): Promise<string | undefined> {
  const [, name] = /([\w-]+)\.\w+$/.exec(url) ?? []
  const shipped = name !== undefined && url === new URL(`../../../scenarios/${name}.js`, import.meta.url).href
  if (!shipped) return undefined
  return await readFile(new URL(placeOfMade(name), import.meta.url), 'utf8').catch(() => undefined)
}

/** The script but for its settings. Throws BundleError. */
export async function bundleForLater({ url, functions }: ScenarioFile): Promise<string> {
  const esbuild = await import('esbuild').catch((cause: unknown) => {
    throw new BundleError('no-bundler', 'load export needs esbuild, which is not installed', { cause })
  })
  const places = new Map(Object.entries(changed).map(([node, k6]) => [ours(node), ours(k6)]))
  try {
    const { outputFiles } = await esbuild.build({
      absWorkingDir: resolve(dirname(here), '../../..'),
      stdin: { contents: entry(fileURLToPath(url), functions), resolveDir: dirname(here), loader: 'js' },
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'neutral',
      // What k6's engine has; the newest syntax is written in an older one.
      target: 'es2022',
      supported: { 'async-generator': false, 'for-await': false, using: false },
      external: ['k6', 'k6/*'],
      define: { __ENV: 'chatmailEnv' },
      inject: [ours('./globals'), ours('./env')],
      alias: { 'node:crypto': ours('./random') },
      logLevel: 'silent',
      plugins: [
        {
          name: 'chatmail',
          setup(build) {
            build.onResolve({ filter: /^(chatmail|chatmail:settings)$/ }, ({ path }) => ({
              path,
              namespace: 'chatmail',
            }))
            build.onLoad({ filter: /.*/, namespace: 'chatmail' }, ({ path }) => ({
              contents: path === 'chatmail' ? moduleText : `export const settings = ${later}`,
              resolveDir: dirname(here),
            }))
            build.onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
              const place = places.get(resolve(resolveDir, path))
              return place === undefined ? undefined : { path: place }
            })
          },
        },
      ],
    })
    return outputFiles[0]?.text ?? ''
  } catch (cause) {
    throw new BundleError('unreadable', cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

const moduleText = `export * from './chatmail${extension}'\nimport * as all from './chatmail${extension}'\nexport default all\n`

/** The script as k6 reads it: the functions of the file, with consent before them and measures around them. */
function entry(file: string, functions: readonly string[]): string {
  const lines = [
    `import { settings } from 'chatmail:settings'`,
    `import { iterating, withConsent, withOwnData } from './chatmail${extension}'`,
    `import * as file from ${JSON.stringify(file)}`,
    'export const options = settings.options',
    'export const setup = withConsent(file.setup)',
  ]
  for (const name of functions) {
    if (name === 'setup') continue
    if (name === 'handleSummary') lines.push('export const handleSummary = file.handleSummary')
    else if (name === 'teardown') lines.push('export const teardown = withOwnData(file.teardown)')
    else if (name === 'default') lines.push('export default iterating(file.default)')
    else lines.push(`export const ${name} = iterating(file.${name})`)
  }
  return `${lines.join('\n')}\n`
}
