// Brings the ordinary mail server of this folder up and down from Node. Used by tests that need a server nobody here wrote.
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('plain-mail.sh', import.meta.url))

/** The script says so when this machine cannot run the servers: not root, no packages. */
const cannotRun = 77

export interface PlainMailPorts {
  readonly smtp: number
  readonly submission: number
  readonly submissions: number
  readonly imap: number
  readonly imaps: number
}

export interface PlainMail {
  readonly domain: string
  /** The IP address that all ports are on. It is on loopback. */
  readonly address: string
  readonly ports: PlainMailPorts
  /** PEM of the throwaway root that signed the certificate for `domain`. */
  readonly caFile: string
  /** Lines `address password`. */
  readonly accountsFile: string
  /** The folder that holds all of it, logs included, until `close`. */
  readonly folder: string
  /** Stops the servers and removes the folder. Throws when a process is left. */
  close(): Promise<void>
}

interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the script to its end. Both `up` and `down` are bounded by themselves; the timeout is for a script that hangs. */
export function runPlainMail(...args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile('bash', [script, ...args], { timeout: 150_000, killSignal: 'SIGTERM' }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
      resolve({ code, stdout, stderr: stderr.trim() || (error?.message ?? '') })
    })
  })
}

/** Why this machine cannot run the servers, in one line; undefined when it can. */
export async function whyNoPlainMail(): Promise<string | undefined> {
  const able = await runPlainMail('able')
  return able.code === 0 ? undefined : able.stderr
}

/** Starts a server in a new temporary folder. `skip` tells why this machine cannot; anything else unexpected throws. */
export async function startPlainMail(): Promise<PlainMail | { readonly skip: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'plain-mail-'))
  const started = await runPlainMail('up', folder)
  if (started.code !== 0) {
    await rm(folder, { recursive: true, force: true })
    if (started.code === cannotRun) return { skip: started.stderr }
    throw new Error(`plain-mail.sh up ended with ${started.code}: ${started.stderr}`)
  }
  const facts = JSON.parse(started.stdout) as Omit<PlainMail, 'folder' | 'close'>
  return {
    ...facts,
    folder,
    async close() {
      const stopped = await runPlainMail('down', folder)
      if (stopped.code !== 0) throw new Error(`plain-mail.sh down ended with ${stopped.code}: ${stopped.stderr}`)
    },
  }
}
