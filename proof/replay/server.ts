// The replay server: a host that says to the checks what a real chatmail relay was recorded to say, and nothing else.

import { createServer as createHttps } from 'node:https'
import { createServer as createTcp, type Server } from 'node:net'
import { createServer as createTls } from 'node:tls'
import { issue } from '../../harness/clients/test-certificates.ts'
import type { Endpoint, Host, Service } from '../../harness/host/host.ts'
import { Connection } from './connection.ts'
import { replayImap } from './imap-session.ts'
import { replaySmtp } from './smtp-session.ts'
import type { RecordedMessageName } from './smtp-table.ts'
import { ReplayStore } from './store.ts'
import { NotRecorded } from './types.ts'

const domain = 'chat-a.test'

export interface Replay extends AsyncDisposable {
  readonly host: Host
  /** What was asked that nobody recorded: the verdicts are then worth nothing. */
  readonly notRecorded: readonly string[]
}

export interface ReplayScene {
  /** What the check will send, in order, by the names of the recordings; after the last it begins anew. */
  readonly messages?: readonly RecordedMessageName[]
  readonly throttled?: boolean
}

type Played = Exclude<Service, 'http' | 'smtp'>

/** `like` lends what a Host needs beside endpoints: timing, budget, policy. */
export async function startReplay(scene: ReplayScene, like: Host): Promise<Replay> {
  const { pem: certificate, key } = await issue(domain, { names: [domain] })
  const store = new ReplayStore(domain)
  const notRecorded: string[] = []
  const open = new Set<Connection>()
  let sent = 0
  const { messages = [], throttled = false } = scene
  const nextMessage = () => messages[sent++ % Math.max(1, messages.length)]

  const play = (kind: 'imap' | 'smtp', security: 'tls' | 'starttls') => async (connection: Connection) => {
    open.add(connection)
    try {
      const common = { connection, store, certificate: { certificate, key }, security }
      await (kind === 'imap' ? replayImap(common) : replaySmtp({ ...common, nextMessage, throttled }))
    } catch (error) {
      notRecorded.push(error instanceof NotRecorded ? error.message : String(error))
      connection.destroy()
    } finally {
      open.delete(connection)
    }
  }
  const tls = { cert: certificate, key, minVersion: 'TLSv1.3' } as const
  const servers: Record<Played, Server> = {
    imaps: createTls(tls, (socket) => void play('imap', 'tls')(new Connection(socket))),
    imap: createTcp((socket) => void play('imap', 'starttls')(new Connection(socket))),
    submissions: createTls(tls, (socket) => void play('smtp', 'tls')(new Connection(socket))),
    submission: createTcp((socket) => void play('smtp', 'starttls')(new Connection(socket))),
    https: createHttps({ cert: certificate, key }, (request, response) => {
      response.setHeader('Server', 'nginx')
      if (request.url === '/new' && request.method === 'POST') {
        response.setHeader('Content-Type', 'application/json')
        response.end(`{"email": "pznvd2991@${domain}", "password": ":.S^<F5/;Afk"}\n`)
      } else if (request.url === '/new' && request.method === 'GET') {
        response.writeHead(301, { 'Content-Type': 'text/html', Location: `dcaccount:https://${domain}/new` }).end()
      } else {
        notRecorded.push(`HTTPS: ${request.method} ${request.url}`)
        request.socket.destroy()
      }
    }),
  }
  const endpoints: Partial<Record<Service, Endpoint>> = {}
  for (const [service, server] of Object.entries(servers) as [Played, Server][]) {
    server.on('tlsClientError', () => {})
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const at = server.address()
    const port = typeof at === 'object' && at !== null ? at.port : 0
    const security = service === 'imap' || service === 'submission' ? 'starttls' : 'tls'
    endpoints[service] = { service, security, name: domain, address: '127.0.0.1', port }
  }
  return {
    notRecorded,
    host: {
      ...like,
      label: domain,
      domain,
      endpoints,
      candidates: Object.values(endpoints).map((endpoint) => ({ endpoint, origin: 'default', outcome: 'answers' })),
      trust: { mode: 'presented' },
      powers: {},
      notes: ['a recorded relay'],
    },
    async [Symbol.asyncDispose]() {
      for (const connection of open) connection.destroy()
      await Promise.all(
        Object.values(servers).map((server) => new Promise((resolve) => server.close(() => resolve(undefined)))),
      )
    },
  }
}
