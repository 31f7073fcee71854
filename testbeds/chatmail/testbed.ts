// Brings the two relays of this folder up and down from Node, and runs chatmail-check beside them. Used by the tests here and by
// try-broken-settings.ts.
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Result, result as resultSchema } from '../../harness/result/schema.ts'

const script = path.join(import.meta.dirname, 'chatmail.sh')
const launcher = path.resolve(import.meta.dirname, '../../bin/chatmail-check.js')
const besidePeer = path.join(import.meta.dirname, 'beside-peer.ts')

/** The script says so when this machine cannot run the servers: not root, no packages. */
const cannotRun = 77

export type Relay = 'a' | 'b'

/** How a relay differs from what is right: lines of its relay.ini, and shell that runs in its folder before it starts. */
export interface Change {
  readonly settings?: Readonly<Record<string, string | number>>
  readonly shell?: string
}

export interface Run {
  readonly exitCode: number
  readonly seconds: number
  readonly result: Result
}

export interface Testbed {
  /** The folder that holds all of it, logs included, until `close`. */
  readonly folder: string
  /** Runs chatmail-check beside the relays; `args` name the hosts. Its accounts are kept for the next run. */
  check(...args: readonly string[]): Promise<Run>
  /** The same with the mail domain peer.test, which the name server leaves to the tester. One at a time. */
  checkWithPeer(...args: readonly string[]): Promise<Run>
  /** Any command of chatmail-check, as `check` runs it; it leaves no result. */
  chatmailCheck(...args: readonly string[]): Promise<Outcome>
  /** The flags that let chatmail-check delete what is too old by the settings of a relay. */
  expiryOf(relay: Relay): readonly string[]
  /** Runs a command beside the relays, in the network that they see. */
  enter(...command: readonly string[]): Promise<Outcome>
  /** Starts a relay anew, changed; without a change as it is right. Accounts and mail stay. */
  restart(relay: Relay, change?: Change): Promise<void>
  /** Ends all of it and removes the folder. */
  close(): Promise<void>
}

export interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the script to its end. */
export function runScript(...args: readonly string[]): Promise<Outcome> {
  const options = { timeout: 1_500_000, killSignal: 'SIGTERM', maxBuffer: 16_000_000 } as const
  return new Promise((resolve) => {
    execFile('bash', [script, ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
      resolve({ code, stdout, stderr: stderr.trim() || (error?.message ?? '') })
    })
  })
}

/** Why this machine cannot run the relays, in one line; undefined when it can. */
export async function whyNoTestbed(): Promise<string | undefined> {
  const able = await runScript('able')
  if (able.code !== 0 && able.code !== cannotRun)
    throw new Error(`chatmail.sh able ended with ${able.code}: ${able.stderr}`)
  return able.code === 0 ? undefined : able.stderr
}

/** Starts both relays in a new temporary folder, with these settings. */
export async function startTestbed(settings: Change['settings'] = {}): Promise<Testbed> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chatmail-'))
  const runs = await mkdtemp(path.join(tmpdir(), 'chatmail-runs-'))
  const started = await runScript('up', folder, ...pairs(settings))
  if (started.code !== 0) {
    await Promise.all([folder, runs].map((one) => rm(one, { recursive: true, force: true })))
    throw new Error(`chatmail.sh up ended with ${started.code}: ${started.stderr}`)
  }
  const enter = (...command: readonly string[]) => runScript('enter', folder, ...command)
  const state = ['env', `XDG_STATE_HOME=${path.join(runs, 'state')}`]
  const trust = ['--ca', path.join(folder, 'ca.pem')]
  /** Judges by the result that a command leaves, given these flags. */
  const check = async (
    commandOf: (args: readonly string[]) => readonly string[],
    args: readonly string[],
  ): Promise<Run> => {
    const out = await mkdtemp(path.join(runs, 'out-'))
    const began = performance.now()
    const ended = await enter(...state, ...commandOf([...trust, '--out', out, '--format', 'json', ...args]))
    const seconds = (performance.now() - began) / 1000
    const file = await readFile(path.join(out, 'result.json'), 'utf8').catch(() => {
      throw new Error(`chatmail-check ended with ${ended.code} and left no result: ${ended.stderr}`)
    })
    return { exitCode: ended.code, seconds, result: resultSchema.parse(JSON.parse(file)) }
  }
  return {
    folder,
    enter,
    check: (...args) => check((all) => [process.execPath, launcher, ...all], args),
    checkWithPeer: (...args) =>
      check((all) => [`FOLDER=${folder}`, `ARGS=${all.join(' ')}`, process.execPath, besidePeer], args),
    chatmailCheck: (...args) => enter(...state, process.execPath, launcher, ...args, ...trust),
    expiryOf: (relay) => [
      ...['--i-operate', `chat-${relay}.test`, '--expire-command', `'${script}' expire ${folder} ${relay}`],
    ],
    async restart(relay, { settings: lines = {}, shell = '' } = {}) {
      const ended = await runScript('restart', folder, relay, '--change', shell, ...pairs(lines))
      if (ended.code !== 0) throw new Error(`chatmail.sh restart ended with ${ended.code}: ${ended.stderr}`)
    },
    async close() {
      const stopped = await runScript('down', folder)
      await rm(runs, { recursive: true, force: true })
      if (stopped.code !== 0) throw new Error(`chatmail.sh down ended with ${stopped.code}: ${stopped.stderr}`)
    },
  }
}

function pairs(settings: Change['settings'] = {}): readonly string[] {
  return Object.entries(settings).map(([key, value]) => `${key}=${value}`)
}
