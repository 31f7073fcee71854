// The package as npm brings it to its users: what is in it, on each Node that it is for, without its scripts, and without
// a network. (CI tries it on the machine's own Node with every change.)
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, delimiter, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fetchPackage, run } from './node-program.ts'

const root = resolve(import.meta.dirname, '..')
const work = mkdtempSync(join(tmpdir(), 'packed-'))
const cache = join(work, 'cache')
let tarball = ''

/** The oldest Node that is allowed, the one between, and the one of the repository. */
const versions = ['20.19.0', '22.23.3', '24.21.0']

beforeAll(() => {
  const [packed] = JSON.parse(run('npm', ['pack', '--json', '--silent', '--pack-destination', work], root))
  tarball = join(work, packed.filename)
}, 120_000)

afterAll(() => rmSync(work, { recursive: true, force: true }))

function emptyFolder(name: string): string {
  const folder = join(work, name)
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{}')
  return folder
}

/** npm's own settings of the run of the tests are not those of a user. */
function environment(node: string): NodeJS.ProcessEnv {
  const rest = Object.entries(process.env).filter(([name]) => !/^npm_(?!config_registry)/i.test(name))
  const [place, home] = [`${node}${delimiter}${process.env.PATH}`, join(work, 'home')]
  return { ...Object.fromEntries(rest), PATH: place, HOME: home, XDG_CACHE_HOME: home, npm_config_cache: cache }
}

function inside(folder: string, node: string, command: string): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
    cwd: folder,
    env: environment(node),
    encoding: 'utf8',
  })
  return { code: status, said: stdout + stderr }
}

describe('the package', () => {
  it('holds the program and its papers, and nothing that only its makers need', () => {
    const names = run('tar', ['tzf', tarball], work).trim().split('\n')
    expect(names.filter((name) => /\.(test|nightly)\.[jt]s$|\/test-|golden|\.map$|bench|proof\//.test(name))).toEqual(
      [],
    )
    expect(readFileSync(tarball).length).toBeLessThan(2_000_000)
    for (const name of ['package/LICENSE', 'package/README.md', 'package/bin/chatmail-check.js']) {
      expect(names).toContain(name)
    }
  })

  it.each(versions)(
    'runs by npx on Node %s, without scripts of packages',
    (version) => {
      const platform = `node-${process.platform}-${process.arch}`
      const node = join(root, 'node_modules/.cache/chatmail-check', `${platform}-${version}`)
      fetchPackage(`${platform}@${version}`, node)
      const folder = emptyFolder(`node-${version}`)
      const bin = join(node, 'bin')
      expect(inside(folder, bin, 'node --version').said.trim()).toBe(`v${version}`)
      copyFileSync(tarball, join(folder, basename(tarball)))
      const program = `npx --yes --ignore-scripts ./${basename(tarball)}`
      const main = inside(folder, bin, `${program} --quiet`)
      expect(main, main.said).toMatchObject({ code: 0 })
      expect(main.said).toMatch(/^@reference {2}CONFORMS/m)
      const load = inside(folder, bin, `${program} load smoke --quiet`)
      expect([0, 120], load.said).toContain(load.code)
      expect(load.said).toMatch(/3 messages due, \d taken/)
    },
    240_000,
  )

  it.skipIf(process.getuid?.() !== 0)(
    'installs from a cache, without a network',
    () => {
      const bin = join(process.execPath, '..')
      const primed = inside(emptyFolder('primed'), bin, `npm install --no-audit --no-fund ${tarball}`)
      expect(primed, primed.said).toMatchObject({ code: 0 })
      const folder = emptyFolder('offline')
      const install = `npm install --offline --prefer-offline --no-audit --no-fund ${tarball}`
      const offline = inside(folder, bin, `unshare --net sh -c '${install}'`)
      expect(offline, offline.said).toMatchObject({ code: 0 })
      const command = `ip link set lo up && node_modules/.bin/chatmail-check --quiet`
      const main = inside(folder, bin, `unshare --net sh -c '${command}'`)
      expect(main, main.said).toMatchObject({ code: 0 })
    },
    240_000,
  )

  it('has types that fit those who import it', () => {
    const folder = emptyFolder('types')
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
    const install = `npm install --ignore-scripts --no-audit --no-fund ${tarball} @types/node@24.19.2`
    const installed = inside(folder, join(process.execPath, '..'), install)
    expect(installed, installed.said).toMatchObject({ code: 0 })
    const text = `import { checkHost } from 'chatmail-check'
import { startReference } from 'chatmail-check/server'
const reference = await startReference()
export const code: number = (await checkHost('@reference', { profile: 'quick' })).gate.exitCode
await reference.close()
// @ts-expect-error There is no such profile.
await checkHost('@reference', { profile: 'quickest' })
`
    writeFileSync(join(folder, 'user.ts'), text)
    const settings = '--noEmit --strict --skipLibCheck --module nodenext --target es2022 --types node'
    const checked = inside(
      folder,
      join(process.execPath, '..'),
      `${join(root, 'node_modules/.bin/tsc')} ${settings} user.ts`,
    )
    expect(checked, checked.said).toMatchObject({ code: 0 })
  }, 120_000)
})
