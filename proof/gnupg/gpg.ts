// Runs GnuPG in a home of its own, with keys that are thrown away: makes the armours of the encryption corpus, and reads
// messages as a program that nobody here wrote. Used by make.ts and the test.
import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export const hasGpg = spawnSync('gpg', ['--version']).status === 0

export interface Gpg extends AsyncDisposable {
  /** What gpg writes to stdout. `input` goes by a pipe, so that its length is not known beforehand. */
  run(args: readonly string[], input?: string | Uint8Array): Promise<string>
  /** A file of these octets. */
  file(content: string | Uint8Array): Promise<string>
}

const alice = 'alice <alice@chat.test>'
const bob = 'bob <bob@chat.test>'

/** Two people: one with keys of Curve25519, one with RSA. */
export const people = { curve: 'alice@chat.test', rsa: 'bob@chat.test' } as const

export async function openGpg(): Promise<Gpg> {
  const home = await mkdtemp(join(tmpdir(), 'gpg-'))
  const common = ['--homedir', home, '--batch', '--yes', '--no-tty', '--quiet', '--armor', '--trust-model', 'always']
  const quiet = [...common, '--pinentry-mode', 'loopback', '--passphrase', '']
  let files = 0
  const gpg: Gpg = {
    async run(args, input) {
      const child = run('gpg', [...quiet, ...args], { encoding: 'latin1', timeout: 60_000, maxBuffer: 16 << 20 })
      child.child.stdin?.end(input)
      return (await child).stdout
    },
    async file(content) {
      files += 1
      const path = join(home, `input-${files}`)
      await writeFile(path, content)
      return path
    },
    async [Symbol.asyncDispose]() {
      // The agent would stay.
      await run('gpgconf', ['--homedir', home, '--kill', 'all']).catch(() => {})
      await rm(home, { recursive: true, force: true })
    },
  }
  await gpg.run(['--quick-generate-key', alice, 'future-default', 'default', 'never'])
  await gpg.run(['--quick-generate-key', bob, 'rsa2048', 'default', 'never'])
  const fingerprint = /^fpr:*([0-9A-F]{40}):/m.exec(await gpg.run(['--list-keys', '--with-colons', people.rsa]))?.[1]
  await gpg.run(['--quick-add-key', fingerprint ?? '', 'rsa2048', 'encr', 'never'])
  return gpg
}
