// Servers at public addresses that exist in a network namespace alone, and load that is ordered for them with and without the word
// of their operators. Run by consent.test.ts as root in a namespace; prints one JSON line: what came of each trial.
import { subscribe } from 'node:diagnostics_channel'
import { EventEmitter } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { issue } from '../../harness/clients/test-certificates.ts'
import { startDnsServer, type Zone } from '../../harness/discovery/test-dns-server.ts'
import { tokenFor, tokenPath } from '../../harness/load/chatmail/operator-token.ts'
import { type Reference, startReference } from '../../reference-server/index.ts'
import { main } from '../main.ts'
import { loadSecret } from './load-secret.ts'

export interface Trial {
  readonly name: string
  readonly exitCode: number
  readonly stderr: string
  /** Accounts that there are afterwards: of those who agree, and of those who do not. */
  readonly agreeing: number
  readonly others: number
  /** Connections that those who do not agree have seen in the trial. */
  readonly knocks: number
}

const own = '203.0.113.7'
const partner = '203.0.113.8'
const victim = '203.0.113.66'

const folder = await mkdtemp(join(tmpdir(), 'consent-'))
const env = { XDG_STATE_HOME: join(folder, 'state') }
const secret = await loadSecret(env)
const zones: Record<string, Zone> = {
  'own.test': { A: [own] },
  'partner.test': { A: [partner] },
  'victim.test': { A: [victim] },
  'pointed.test': { A: [victim] },
  'redirected.test': { A: [partner] },
  'turning.test': { A: [own] },
  'elsewhere.test': { A: [partner], MX: [[10, 'victim.test']] },
}
const everyName = Object.keys(zones)

const mailPorts = { imaps: 993, imap: 143, submissions: 465, submission: 587, smtp: 25 }
const serve = (listen: string, domains: readonly string[], https: number, network?: Reference['network']) =>
  startReference({ listen, domains, ports: { ...mailPorts, https }, ...(network === undefined ? {} : { network }) })

/** Shows the token of every name at that address, but for one that it redirects to a page which shows it. */
async function showTokens(address: string, onToken: (name: string) => void) {
  const { pem, key } = await issue(address, { names: everyName })
  const server = createServer({ cert: pem, key }, (request, response) => {
    const name = (request.headers.host ?? '').split(':')[0] ?? ''
    if (request.url !== tokenPath) response.writeHead(404).end()
    else if (name === 'redirected.test')
      response.writeHead(302, { location: `https://own.test${tokenPath}?for=${name}` }).end()
    else {
      onToken(name)
      response.end(`${tokenFor(secret, name)}\n${tokenFor(secret, 'redirected.test')}\n`)
    }
  })
  await new Promise<void>((resolve) => server.listen(443, address, resolve))
  return { pem, close: () => server.close() }
}

const first = await serve(own, ['own.test', 'turning.test'], 4_443)
const second = await serve(partner, ['partner.test', 'redirected.test', 'elsewhere.test'], 4_443, first.network)
const relays = [first, second]
/** Certificates are no obstacle: it has some for every name that leads to it. */
const bystander = await serve(victim, ['victim.test', 'pointed.test', 'own.test'], 443)
const turn = (name: string) => {
  // As soon as consent is given, the name leads to somebody else.
  if (name === 'turning.test') zones[name] = { A: [victim] }
}
const pages = [await showTokens(own, turn), await showTokens(partner, turn)]
await using dns = await startDnsServer(zones)
const roots = [...relays, bystander].map(({ ca }) => ca)
await writeFile(join(folder, 'ca.pem'), [...roots, ...pages.map(({ pem }) => pem)].join('\n'))

let knocks = 0
subscribe('net.server.socket', (message) => {
  if ((message as { socket: Socket }).socket.localAddress === victim) knocks++
})

const accountsOf = (references: readonly Reference[]) =>
  references.reduce((sum, { accounts }) => sum + accounts.list().length, 0)

async function trial(name: string, ...args: readonly string[]): Promise<Trial> {
  let stderr = ''
  knocks = 0
  const reaching = ['--dns', dns.address, '--ca', join(folder, 'ca.pem')]
  const exitCode = await main(['load', ...args, ...reaching], {
    stdout: { write: () => true },
    stderr: { write: (text) => (stderr += text) },
    env,
    cwd: folder,
    signals: new EventEmitter(),
    exit: (code) => process.exit(code),
  })
  return { name, exitCode, stderr, agreeing: accountsOf(relays), others: accountsOf([bystander]), knocks }
}

const operate = (...hosts: readonly string[]) => hosts.flatMap((host) => ['--i-operate', host])
const federation = ['--duration', '2s', '--vus', '2', '-e', 'MESSAGES=1', '-e', 'EVERY=200', '--rate', '1']

const trials = [
  await trial('nobody says so', 'smoke', 'own.test'),
  await trial('a name that leads to somebody else', 'smoke', 'pointed.test'),
  await trial('such a name, said to be ours', 'smoke', 'pointed.test', ...operate('pointed.test')),
  await trial('a server in the place of ours', 'smoke', 'victim.test', ...operate('victim.test')),
  await trial(
    '--connect to a third address',
    'smoke',
    'own.test',
    ...operate('own.test'),
    '--connect',
    `imaps=${victim}:993`,
  ),
  await trial(
    '--resolve to a third address',
    'smoke',
    'own.test',
    ...operate('own.test'),
    '--resolve',
    `own.test=${victim}`,
  ),
  await trial('a token that is redirected', 'smoke', 'redirected.test', ...operate('redirected.test')),
  await trial(
    'federation with a second end that is not ours',
    'federation',
    'own.test',
    'victim.test',
    ...operate('own.test'),
  ),
  await trial(
    'federation with a second end that shows no token',
    'federation',
    'own.test',
    'victim.test',
    ...operate('own.test', 'victim.test'),
  ),
  await trial(
    'federation with a first end that shows no token',
    'federation',
    'victim.test',
    'own.test',
    ...operate('own.test', 'victim.test'),
  ),
  await trial(
    'federation whose mail goes to somebody else',
    'federation',
    'own.test',
    'elsewhere.test',
    ...operate('own.test', 'elsewhere.test'),
  ),
  // From here on somebody agrees.
  await trial('a name that turns after consent', 'smoke', 'turning.test', ...operate('turning.test')),
  await trial(
    'both ends agree',
    'federation',
    'own.test',
    'partner.test',
    ...operate('own.test', 'partner.test'),
    ...federation,
  ),
]
process.stdout.write(`${JSON.stringify(trials)}\n`)
for (const page of pages) page.close()
for (const reference of [...relays, bystander]) await reference.close()
await rm(folder, { recursive: true })
process.exit(0)
