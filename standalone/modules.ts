// The files that go into a standalone program, laid out as in the package: the program and the packages it uses as modules
// below dist/ that name each other by relative addresses, and what the program reads while it runs. Used by the build.
import { readdirSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { basename, join, posix } from 'node:path'
import { pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'
import { bundleForLater, placeOfMade } from '../harness/load/k6/bundle.ts'

const started = ['bin/start.ts', 'harness/load/thread/main.ts', 'harness/load/calibration/sink.ts']

/** Texts by their name in the program, in a fixed order. `root`: the folder of package.json. */
export async function modulesOf(root: string): Promise<Map<string, string>> {
  const bundle = await rolldown({
    cwd: root,
    input: started.map((name) => join(root, name)),
    platform: 'node',
    // A program for one processor; what it would make of the shipped scenarios is brought along.
    external: ['esbuild'],
    treeshake: false,
    onLog(level, { code, message }) {
      // How packages write their code is their affair; what cannot be found would be missing when it is wanted.
      if (level === 'warn' && code === 'UNRESOLVED_IMPORT') throw new Error(message)
    },
  })
  // Every module stays a file of its own, so that what the program says of places relative to its files stays true.
  const { output } = await bundle.generate({
    format: 'esm',
    preserveModules: true,
    preserveModulesRoot: root,
    entryFileNames: '[name].js',
  })
  await bundle.close()
  const modules = output.map((file): [string, string] => {
    if (file.type !== 'chunk') throw new Error(`${file.fileName} is no module`)
    return [`dist/${file.fileName}`, file.code]
  })
  const texts = [...readWhileItRuns(root), ...(await scriptsForK6(root))]
  return new Map([...modules, ...texts].sort(([a], [b]) => (a < b ? -1 : 1)))
}

const scenariosOf = (root: string): string[] =>
  readdirSync(join(root, 'scenarios'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => `scenarios/${name}`)

/** The shipped scenarios as `load export` writes them, but for the settings of the run. */
async function scriptsForK6(root: string): Promise<[string, string][]> {
  return await Promise.all(
    scenariosOf(root).map(async (file): Promise<[string, string]> => {
      const read = await rolldown({ input: join(root, file), external: /^(k6|chatmail)/, treeshake: false })
      const { output } = await read.generate({ format: 'esm' })
      await read.close()
      const functions = output[0].exports.filter((name) => name !== 'options')
      const script = await bundleForLater({ url: pathToFileURL(join(root, file)).href, functions })
      return [posix.join('dist/harness/load/k6', placeOfMade(basename(file, '.ts'))), script]
    }),
  )
}

/** For other programs: the shell of a server, and shells that complete. */
const scripts = [
  'harness/sampling/sample.sh',
  ...['bash', 'zsh', 'fish'].map((name) => `bin/completion/completion.${name}`),
]

/** Its version, scripts, and scenario files: as they are written, to be shown, and without types, to be run. */
function readWhileItRuns(root: string): [string, string][] {
  const text = (name: string) => readFileSync(join(root, name), 'utf8')
  const asWritten = scripts.map((name): [string, string] => [`dist/${name}`, text(name)])
  const sources = ['package.json', 'harness/load/calibration/flood.ts', ...scenariosOf(root)].flatMap(
    (name): [string, string][] =>
      name.endsWith('.ts')
        ? [
            [name, text(name)],
            [`dist/${name.replace(/ts$/, 'js')}`, stripTypeScriptTypes(text(name))],
          ]
        : [[name, text(name)]],
  )
  return [...sources, ...asWritten]
}
