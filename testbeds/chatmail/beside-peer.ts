// chatmail-check with a mail domain of its own, peer.test, whose DNS it answers: the records are those that it asks for itself.
// Run by `chatmail.sh enter`; FOLDER is that of the testbed, ARGS are those of chatmail-check with spaces between. Ends with its
// exit code.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { startDnsServer } from '../../harness/discovery/test-dns-server.ts'
import { readZoneLines } from '../../harness/discovery/test-zone-file.ts'

const launcher = path.resolve(import.meta.dirname, '../../bin/chatmail-check.js')
/** Of the tester. */
const [first, second] = ['10.77.0.100', '10.77.0.101']

const { FOLDER = '', ARGS = '' } = process.env
const file = (name: string) => path.join(FOLDER, 'peer', name)
const peer = [
  ...['--peer-domain', 'peer.test', '--peer-listen', first, '--peer-listen', second],
  ...['--peer-dkim-key', file('dkim.pem'), '--peer-cert', file('chain.pem'), '--peer-key', file('key.pem')],
]

function run(stdout: 'pipe' | 'inherit', ...own: readonly string[]): ChildProcess {
  return spawn(process.execPath, [launcher, ...own, ...peer], { stdio: ['ignore', stdout, 'inherit'] })
}

/** It leaves out private addresses, since others may see another one. */
function withAddresses(lines: string): string {
  return lines.replace(/^(\s*)(\S+)( IN A )<.*>$/gm, (_, space, name, type) => {
    return `${space}${name}${type}${/^(lone|\*\.bare)\./.test(name) ? second : first}`
  })
}

const told = run('pipe', 'chat-a.test', '--ca', path.join(FOLDER, 'ca.pem'), '--dry-run')
const records = readZoneLines(told.stdout === null ? '' : withAddresses(await text(told.stdout)))
await using _dns = await startDnsServer(records, { at: { address: first, port: 53 } })
const [code] = await once(run('inherit', ...ARGS.split(' ')), 'exit')
process.exitCode = code ?? 1
