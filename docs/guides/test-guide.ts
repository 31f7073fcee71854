// Runs the commands of a guide as its reader would, with a relay of our own behind the names that the guides use. For tests.
import { spawn } from 'node:child_process'
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { openWorld } from '../../bin/watch/test-world.ts'

type Options = Parameters<Awaited<ReturnType<typeof openWorld>>['serve']>[2]

interface Done {
  readonly block: string
  /** What it printed, stderr included. */
  readonly text: string
  readonly code: number | null
  /** All that is in the folder then. */
  readonly files: ReadonlyMap<string, string>
}

const root = resolve(import.meta.dirname, '../..')

/** What stands between ```sh and ```, a block each, in the order of the guide; at night also what is marked ```sh nightly. */
export function blocksOf(guide: string): string[] {
  const fence = process.env.NIGHTLY === undefined ? /^```sh\n(.*?)^```$/gms : /^```sh(?: nightly)?\n(.*?)^```$/gms
  return [...guide.matchAll(fence)].map(([, block]) => block ?? '')
}

/** Runs the blocks of a guide. */
export async function walkThrough(guide: string, hosts: Readonly<Record<string, Options>>) {
  return await runBlocks(blocksOf(await readFile(join(import.meta.dirname, guide), 'utf8')), hosts)
}

/**
 * Runs blocks of commands one after the other in one empty folder, each to its end. On the PATH are the program of this
 * checkout, which is told where the domains are unless it serves, and an ssh that runs here what is meant for there.
 */
export async function runBlocks(
  blocks: readonly string[],
  hosts: Readonly<Record<string, Options>>,
  shell: readonly [string, ...string[]] = ['bash'],
) {
  await using world = await openWorld()
  let last = 0
  for (const [domain, options] of Object.entries(hosts)) await world.serve(domain, `127.0.0.${++last}`, options)
  const tools = join(world.folder, 'tools')
  const work = join(world.folder, 'work')
  await mkdir(tools)
  await mkdir(work)
  await symlink(process.execPath, join(tools, 'node'))
  const launcher = join(root, 'bin/chatmail-check.js')
  const ours = [
    `case $1 in serve|history|list|explain) exec node '${launcher}' "$@";; esac`,
    `exec node '${launcher}' "$@" --dns ${world.dns} --ca '${world.ca}'`,
  ]
  const ssh = ['while :; do case $1 in -o) shift 2;; -*) shift;; *) break;; esac; done', 'shift; exec sh -c "$*"']
  const put = (name: string, lines: readonly string[]) =>
    writeFile(join(tools, name), `${['#!/bin/sh', ...lines].join('\n')}\n`, { mode: 0o755 })
  await put('chatmail-check', ours)
  await put('npx', ['[ "$1" = --yes ] && shift', 'shift; exec chatmail-check "$@"'])
  await put('ssh', ssh)
  await put('journalctl', ['exec sleep 20'])
  const env = {
    PATH: `${tools}:${process.env.PATH}`,
    HOME: world.folder,
    XDG_STATE_HOME: join(world.folder, 'state'),
    LANG: 'C.UTF-8',
  }
  const [program, ...flags] = shell
  const done: Done[] = []
  for (const block of blocks) {
    const running = spawn(program, [...flags, '-c', block], { cwd: work, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let text = ''
    for (const stream of [running.stdout, running.stderr])
      stream.setEncoding('utf8').on('data', (more) => (text += more))
    const code = await new Promise<number | null>((end) => running.once('close', end))
    done.push({ block, text, code, files: await filesIn(work) })
  }
  return done
}

/** By path below the folder, with what is in them. */
async function filesIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Map(
    await Promise.all(files.map(async (path) => [relative(folder, path), await readFile(path, 'utf8')] as const)),
  )
}
