// Node for each platform that standalone programs are made for: the very version of the repository, known by its digest.
// Used by the build.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** SHA-256 of bin/node in the npm packages of Node 24.21.0. */
const digests = {
  'linux-x64': '7fde7b8afa198da66257f42ee2001d874c7355631e6d1579a5fb5ef1f246df4c',
  'linux-arm64': '0f8949d1028f6d61506b2d5bc57e7e6fe893d7b1997509b7847294fc9c616584',
}

export type Platform = keyof typeof digests

export const platforms = Object.keys(digests) as readonly Platform[]

/** The folder of a Node package, with bin/node and LICENSE. The one that the repository brings, else from npm, once. */
export function nodePackage(platform: Platform, root: string): string {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const name = `node-${platform}`
  const brought = join(root, 'node_modules/node/node_modules', name)
  const kept = join(root, 'node_modules/.cache/chatmail-check', `${name}-${devDependencies.node}`)
  const folder = [brought, kept].find((place) => existsSync(join(place, 'bin/node'))) ?? kept
  if (folder === kept) fetchPackage(`${name}@${devDependencies.node}`, kept)
  const digest = createHash('sha256')
    .update(readFileSync(join(folder, 'bin/node')))
    .digest('hex')
  if (digest !== digests[platform]) {
    throw new Error(`${folder}/bin/node has the SHA-256 ${digest}, not the one in standalone/node-program.ts`)
  }
  return folder
}

/** A package of Node from npm, into `folder` unless it is there. */
export function fetchPackage(spec: string, folder: string): void {
  if (existsSync(folder)) return
  mkdirSync(join(folder, '..'), { recursive: true })
  const work = mkdtempSync(`${folder}-`)
  try {
    const packed = run('npm', ['pack', '--silent', '--pack-destination', work, spec], work).trim()
    run('tar', ['xzf', packed, 'package/bin/node', 'package/LICENSE', 'package/package.json'], work)
    renameSync(join(work, 'package'), folder)
  } catch (error) {
    // Another build beside this one may have brought it meanwhile.
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** What a program prints. Throws with what it says of its failure. */
export function run(program: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8' })
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}\n${stdout}${stderr}`)
  return stdout
}
