// The bench runs, and says of each target whether it is met. No figure is judged here: a busy machine has others.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)

test('the bench holds every row against its target', { timeout: 120_000 }, async () => {
  const { stdout } = await run(process.execPath, [fileURLToPath(new URL('./main.ts', import.meta.url))], {
    env: { ...process.env, BENCH: 'tiny' },
  })
  const rows = stdout.match(/^(?:met|missed|not judged) +.*$/gm) ?? []
  expect(rows.map((row) => row.replace(/^(?:met|missed|not judged) +/, ''))).toEqual([
    'send a message on an open session',
    'send a message on each of 16 open sessions',
    'fetch 5 messages by one command',
    'fetch a message by a command on an open session',
    'fetch a message by a command on each of 16 open sessions',
    'send a message on an open session to smtp-sink',
    'hold an idling IMAP session over TLS',
    'start 50 iterations a second',
    '64 idling sessions held by one process of ours',
  ])
  expect(stdout.match(/; target: /g)).toHaveLength(rows.length)
  expect(stdout).toMatch(/^Node v.*nodemailer \d.*imapflow \d/m)
  expect(stdout).not.toMatch(/NaN|undefined|Infinity/)
})
