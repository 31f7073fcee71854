// Opens every port of a reference server, all of them or none. Used by startReference.
import type { Behaviour } from './behaviour/index.ts'
import type { TurnCredentials } from './calls/credentials.ts'
import { startTurn } from './calls/turn.ts'
import type { Certificates } from './certificates.ts'
import type { Clock } from './clock.ts'
import type { ReferenceService } from './host.ts'
import { startImap } from './imap/listener.ts'
import type { ImapOptions } from './imap/options.ts'
import { createRegistry } from './imap/registry.ts'
import { openInternalPort } from './internal-ports.ts'
import type { Journal } from './journal.ts'
import { type Listener, type MailListener, nobodyListens, startSmtp } from './smtp/listener.ts'
import type { SmtpRole } from './smtp/role.ts'
import type { Take } from './tls/shared-port.ts'
import { startHttp, startHttps } from './web/server.ts'
import type { WebServices } from './web/types.ts'

export interface Listeners {
  /** UDP port of the call relay; undefined where none listens. */
  readonly turnPort: number | undefined
  close(): Promise<void>
}

/** Fills `ports` with the real ones where they are 0. Rejects when a port cannot be had; then none is open. */
export async function openListeners(options: {
  readonly domain: string
  /** IP address to listen on. */
  readonly address: string
  readonly ports: Record<ReferenceService, number>
  readonly turnAt: number
  readonly behaviour: () => Behaviour
  readonly clock: Clock
  readonly journal: Journal
  readonly certificatesFor: (service: ReferenceService) => Certificates
  readonly imap: Omit<ImapOptions, 'tls' | 'security' | 'port'>
  readonly submission: SmtpRole
  readonly relay: SmtpRole
  readonly web: WebServices
  readonly credentials: TurnCredentials
}): Promise<Listeners> {
  const { address, ports, certificatesFor, imap, web } = options
  /** For the start alone. */
  const behaviour = options.behaviour()
  const sessions = createRegistry()
  const submission = { role: options.submission, host: address }
  const relay = { role: options.relay, host: address }
  const starts: Readonly<Record<ReferenceService, () => Promise<Listener | MailListener>>> = {
    imaps: () =>
      startImap({ ...imap, tls: () => certificatesFor('imaps').mail, security: 'tls', port: ports.imaps }, sessions),
    imap: () =>
      startImap({ ...imap, tls: () => certificatesFor('imap').mail, security: 'starttls', port: ports.imap }, sessions),
    submissions: () =>
      startSmtp({
        ...submission,
        certificates: certificatesFor('submissions'),
        security: 'tls',
        port: ports.submissions,
      }),
    submission: () =>
      startSmtp({
        ...submission,
        certificates: certificatesFor('submission'),
        security: 'starttls',
        port: ports.submission,
      }),
    smtp: async () =>
      behaviour.inbound.listens
        ? startSmtp({ ...relay, certificates: certificatesFor('smtp'), security: 'starttls', port: ports.smtp })
        : nobodyListens,
    https: () =>
      startHttps({
        services: web,
        certificates: certificatesFor('https'),
        host: address,
        port: ports.https,
        mail: (service) => takers.get(service),
      }),
    http: () => startHttp({ services: web, host: address, port: ports.http }),
  }
  /** Mail services that take connections from the shared port. */
  const takers = new Map<string, Take>()
  const listeners: { close(): Promise<void> }[] = []
  const close = async () => {
    await Promise.all(listeners.splice(0).map((listener) => listener.close()))
  }
  let turnPort: number | undefined
  const started = await Promise.allSettled(
    Object.entries(starts).map(async ([service, start]) => {
      const closed = behaviour.tls.closed.some((one) => one === service)
      const listener = await (closed ? async () => nobodyListens as Listener | MailListener : start)()
      listeners.push(listener)
      if ('take' in listener) takers.set(service, listener.take)
      ports[service as ReferenceService] = listener.port
    }),
  )
  const calls = await Promise.allSettled(
    (behaviour.calls.turn === 'off' || address.includes(':') ? [] : [options.turnAt]).map(async (port) => {
      const callRelay = await startTurn({ ...options, host: address, port })
      listeners.push(callRelay)
      turnPort = callRelay.port
    }),
  )
  const inside = await Promise.allSettled(
    behaviour.privacy.openInternalPorts.map(async (port) => {
      listeners.push(await openInternalPort(port, behaviour.zone.addresses[0] ?? address))
    }),
  )
  const failed = [...started, ...calls, ...inside].find((outcome) => outcome.status === 'rejected')
  if (failed !== undefined) {
    await close()
    throw failed.reason
  }
  return { turnPort, close }
}
