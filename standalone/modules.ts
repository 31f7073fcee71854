// The files that go into a standalone program, laid out as in the package: the program and the packages it uses as modules
// below dist/ that name each other by relative addresses, and what the program reads while it runs. Used by the build.
import { readdirSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { rolldown } from 'rolldown'

const started = ['bin/start.ts', 'harness/load/thread/main.ts', 'harness/load/calibration/sink.ts']

/** Texts by their name in the program, in a fixed order. `root`: the folder of package.json. */
export async function modulesOf(root: string): Promise<Map<string, string>> {
  const bundle = await rolldown({
    cwd: root,
    input: started.map((name) => join(root, name)),
    platform: 'node',
    // A program for one processor; the command that wants it says so where it is missing.
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
  return new Map([...modules, ...readWhileItRuns(root)].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** For other programs: the shell of a server, and shells that complete. */
const scripts = [
  'harness/sampling/sample.sh',
  ...['bash', 'zsh', 'fish'].map((name) => `bin/completion/completion.${name}`),
]

/** Its version, scripts, and scenario files: as they are written, to be shown, and without types, to be run. */
function readWhileItRuns(root: string): [string, string][] {
  const text = (name: string) => readFileSync(join(root, name), 'utf8')
  const scenarios = readdirSync(join(root, 'scenarios'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => `scenarios/${name}`)
  const asWritten = scripts.map((name): [string, string] => [`dist/${name}`, text(name)])
  const sources = ['package.json', 'harness/load/calibration/flood.ts', ...scenarios].flatMap(
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
