// Makes standalone programs: Node and chatmail-check in one file, which needs nothing else. Used by main.ts and by tests.
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { licencesOf } from './licences.ts'
import { modulesOf } from './modules.ts'
import { nodePackage, type Platform, run } from './node-program.ts'

const root = resolve(import.meta.dirname, '..')
/** By this Node knows that something is in it: see the page on single executables of its documentation. */
const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'

/** Writes `chatmail-check-PLATFORM` and the licences into `folder`; gives the paths of the programs. */
export async function buildPrograms(platforms: readonly Platform[], folder: string): Promise<string[]> {
  const modules = await modulesOf(root)
  const work = mkdtempSync(join(tmpdir(), 'standalone-'))
  try {
    const blob = packed(modules, work)
    mkdirSync(folder, { recursive: true })
    return platforms.map((platform) => {
      const node = nodePackage(platform, root)
      const program = join(folder, `chatmail-check-${platform}`)
      rmSync(program, { force: true })
      copyFileSync(join(node, 'bin/node'), program)
      const postject = join(root, 'node_modules/postject/dist/cli.js')
      run(process.execPath, [postject, program, 'NODE_SEA_BLOB', blob, '--sentinel-fuse', fuse], work)
      chmodSync(program, 0o755)
      writeFileSync(join(folder, 'licences.txt'), licencesOf([...modules.keys()], node, root))
      return program
    })
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** The modules in Node's own form, the same for every platform: no compiled code is in it. Gives its path. */
function packed(modules: ReadonlyMap<string, string>, work: string): string {
  const assets = Object.fromEntries([...modules.keys()].map((name, number) => [name, `${number}`]))
  for (const [name, text] of modules) writeFileSync(join(work, assets[name] ?? ''), text)
  copyFileSync(join(import.meta.dirname, 'start.cjs'), join(work, 'start.cjs'))
  const config = { main: 'start.cjs', output: 'blob', disableExperimentalSEAWarning: true, assets }
  writeFileSync(join(work, 'config.json'), JSON.stringify(config))
  run(process.execPath, ['--experimental-sea-config', 'config.json'], work)
  return join(work, 'blob')
}
