// The files that go into a standalone program, laid out as in the package: what was built in dist/ and the packages it uses,
// as modules that name each other by relative addresses. Used by the build.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rolldown } from 'rolldown'

const started = ['dist/bin/start.js', 'dist/harness/load/thread/main.js']
/** Texts by their name in the program, in a fixed order. `root`: the folder of package.json, where dist/ is built. */
export async function modulesOf(root: string): Promise<Map<string, string>> {
  const bundle = await rolldown({
    cwd: root,
    input: started.map((name) => join(root, name)),
    platform: 'node',
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
  const modules = output.map((file): [string, string] => [file.fileName, file.type === 'chunk' ? file.code : ''])
  const others = readWhileItRuns(root).map((name): [string, string] => [name, readFileSync(join(root, name), 'utf8')])
  return new Map([...modules, ...others].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Its version, and scenario files. */
function readWhileItRuns(root: string): string[] {
  const scenarios = ['scenarios', 'dist/scenarios'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  )
  return ['package.json', ...scenarios.filter((name) => /\.(js|ts)$/.test(name) && !/\.(test|d)\.ts$/.test(name))]
}
