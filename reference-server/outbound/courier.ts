// Brings messages to one destination: finds its exchanges, tries each by HTTPS and SMTP, keeps the connection for the
// next message. Used by the queue.
import type { Behaviour } from '../behaviour/index.ts'
import type { Clock } from '../clock.ts'
import type { Network, Place } from '../network/network.ts'
import { createHttpsClient, type HttpsClient } from './https-client.ts'
import { type Reply, Unreachable } from './reply-reader.ts'
import { findRoute, hasAddress } from './route.ts'
import { fateOf, SmtpClient } from './smtp-client.ts'
import type { Trust } from './trust.ts'
import type { Attempt, Outcome, Parcel } from './types.ts'

export interface CourierServices {
  readonly domains: readonly string[]
  readonly behaviour: () => Behaviour
  readonly clock: Clock
  readonly network: Network
  readonly trust: Trust
  /** Exchanges that took mail by SMTP, and until when they get no HTTPS; milliseconds since 1970. */
  readonly smtpOnly: Map<string, number>
}

export interface Courier {
  /** Never rejects. */
  deliver(parcel: Parcel): Promise<Attempt>
  close(): void
}

const mostRemembered = 10_000

export function createCourier(domain: string, services: CourierServices): Courier {
  const { behaviour, clock, network, smtpOnly } = services
  let opening: SmtpClient | undefined
  let session: { readonly host: string; readonly client: SmtpClient } | undefined
  let https: HttpsClient | undefined
  const rules = () => behaviour().outbound.transport

  /** The status of the answer. */
  const byHttps = async (host: string, parcel: Parcel): Promise<number> => {
    const place = await reachable(host, 443)
    https ??= createHttpsClient(rules, clock)
    return https.post({ host, place, tls: services.trust.options(domain, host) }, parcel)
  }

  const reachable = async (host: string, port: number): Promise<Place> => {
    const known = await hasAddress(host, network)
    if (known === 'trouble') throw new Unreachable('the name server fails')
    const place = known ? await network.reach(host, port) : undefined
    if (place === undefined) throw new Unreachable(known ? 'connection refused' : 'the name has no address')
    return place
  }

  /** A session for this host: the open one, or a new one; a reply when we are not welcome. */
  const openSession = async (host: string): Promise<SmtpClient | Reply> => {
    if (session?.host === host && session.client.usable) return session.client
    session?.client.close()
    session = undefined
    const { ehloName, startTls, clearDomains } = rules()
    const client = new SmtpClient({
      place: await reachable(host, 25),
      tls: services.trust.options(domain, host),
      name: ehloName.replaceAll('{domain}', services.domains[0] ?? 'localhost'),
      startTls: clearDomains.includes(domain) ? 'never' : startTls,
      rules: rules(),
      clock,
    })
    opening = client
    try {
      const refusal = await client.open()
      if (refusal !== undefined) return refusal
    } catch (error) {
      client.close()
      throw error
    } finally {
      opening = undefined
    }
    session = { host, client }
    return client
  }

  const bySmtp = async (host: string, parcel: Parcel): Promise<Attempt> => {
    const reused = session?.host === host && session.client.usable
    const client = await openSession(host)
    if (!(client instanceof SmtpClient)) return refusedByAll(client, host, parcel)
    try {
      return asAttempt(await client.send(parcel), host)
    } catch (error) {
      // An idle connection may be closed just when it is used again; that says nothing about the server.
      if (!reused || !client.untouched) throw error
      return bySmtp(host, parcel)
    }
  }

  const refusedByAll = (reply: Reply, host: string, parcel: Parcel): Attempt => {
    const fate = fateOf(reply, rules())
    const text = `${reply.text} (forwarded from ${host})`
    if (fate !== 'failed') return { kind: 'unreachable', reply: text }
    return { kind: 'answered', outcomes: parcel.recipients.map((recipient) => ({ recipient, fate, reply: text })) }
  }

  const viaExchanges = async (hosts: readonly string[], parcel: Parcel): Promise<Attempt> => {
    let last = ''
    for (const host of hosts) {
      const { https: mode, smtpOnlySeconds } = rules()
      const skips = mode === 'never' || (mode !== 'only' && (smtpOnly.get(host) ?? 0) > clock.now())
      try {
        const status = skips ? undefined : await byHttps(host, parcel)
        if (status !== undefined) {
          if (status >= 200 && status <= 299) return allSent(parcel, host)
          last = `${host}: HTTPS answered ${status}`
          if (mode === 'until-answered') continue
        }
      } catch (error) {
        last = `${host}: ${reasonOf(error)}`
      }
      if (mode === 'only') continue
      try {
        const attempt = await bySmtp(host, parcel)
        const sent = attempt.kind === 'answered' && attempt.outcomes.some(({ fate }) => fate === 'sent')
        if (smtpOnly.size > mostRemembered) smtpOnly.clear()
        if (sent) smtpOnly.set(host, clock.now() + smtpOnlySeconds * 1_000)
        return attempt
      } catch (error) {
        smtpOnly.delete(host)
        last = `${host}: ${reasonOf(error)}`
      }
    }
    return { kind: 'unreachable', reply: `421 Failed to connect to any mail server; last attempt to ${last}` }
  }

  return {
    async deliver(parcel) {
      try {
        const route = await findRoute(domain, network, behaviour().outbound.route)
        if (route.kind === 'exchanges') return await viaExchanges(route.hosts, parcel)
        if (route.kind === 'deferred') return { kind: 'unreachable', reply: route.reply }
        const { reply } = route
        return {
          kind: 'answered',
          outcomes: parcel.recipients.map((recipient) => ({ recipient, fate: 'failed', reply })),
        }
      } catch (error) {
        return { kind: 'unreachable', reply: `421 ${reasonOf(error)}` }
      }
    },
    close() {
      opening?.close()
      session?.client.close()
      https?.close()
      session = undefined
      https = undefined
    },
  }
}

function allSent(parcel: Parcel, host: string): Attempt {
  const reply = `250 taken by HTTPS (forwarded from ${host})`
  return { kind: 'answered', outcomes: parcel.recipients.map((recipient) => ({ recipient, fate: 'sent', reply })) }
}

/** 421 is about the server, everything else about this message. */
function asAttempt(outcomes: readonly Outcome[], host: string): Attempt {
  const told = outcomes.map((one) => ({ ...one, reply: `${one.reply} (forwarded from ${host})` }))
  const first = told[0]
  const away = told.every(({ fate, reply }) => fate === 'deferred' && reply.startsWith('421'))
  return first !== undefined && away
    ? { kind: 'unreachable', reply: first.reply }
    : { kind: 'answered', outcomes: told }
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 200)
}
