// The verdict on a message of another server: its form, its author, then whether it may come in clear and who signed it.
// Used by receive.ts.

import type { MxdelivBehaviour } from '../behaviour/inbound.ts'
import type { Behaviour } from '../behaviour/index.ts'
import { verifyDkim } from '../dkim/verify.ts'
import { mayPassClear } from '../filter/judge.ts'
import { type Entity, firstHeader } from '../filter/mime.ts'
import { findAuthor } from './author.ts'
import type { InboundServices } from './services.ts'

export interface Arrival {
  /** Without dot-stuffing. */
  readonly message: Entity
  readonly size: number
  /** Empty for the null sender. */
  readonly sender: string
  readonly recipients: readonly string[]
  /** IP address. */
  readonly client: string
}

export interface Judgement {
  /** SMTP reply; undefined: the message may come in. */
  readonly refusal: string | undefined
  /** Address in From; undefined where there is none. */
  readonly author: string | undefined
}

export async function judgeArrival(
  arrival: Arrival,
  services: InboundServices,
  asks: MxdelivBehaviour['judges'],
): Promise<Judgement> {
  const behaviour = services.behaviour()
  const { inbound } = behaviour
  const author = findAuthor(arrival.message.headers, inbound)
  if (asks === 'nothing') return { refusal: undefined, author }
  if (author === undefined) return { refusal: inbound.badFromReply, author }
  const foreignSender = arrival.sender !== '' && arrival.sender.toLowerCase() !== author.toLowerCase()
  if (foreignSender && inbound.refusesSenders.includes('not-author')) {
    return { refusal: `500 Invalid FROM <${author}> for <${arrival.sender}>`, author }
  }
  const questions = [
    async () => judgeEncryption(arrival, author, services),
    async () => (asks === 'everything' ? await judgeOrigin(arrival, author, services) : undefined),
  ]
  if (inbound.order === 'dkim-first') questions.reverse()
  for (const ask of questions) {
    const refusal = await ask()
    if (refusal !== undefined) return { refusal, author }
  }
  return { refusal: undefined, author }
}

function judgeEncryption(arrival: Arrival, author: string, services: InboundServices): string | undefined {
  const { inbound } = services.behaviour()
  const { recipients, message } = arrival
  if (isBounce(message, author, inbound.bounces)) return undefined
  if (inbound.clearForUnknown && recipients.every((one) => services.delivery.isUnknownLocal(one))) return undefined
  const passes = mayPassClear({ ...arrival, domains: services.domains }, inbound.encryption)
  return passes ? undefined : inbound.encryption.reply
}

/** What a mail system writes when it cannot deliver is in clear, for it has nobody's key. */
function isBounce(message: Entity, author: string, mode: Behaviour['inbound']['bounces']): boolean {
  const report = message.type === 'multipart/report'
  const daemon = /^mailer-daemon@/i.test(author)
  switch (mode) {
    case 'mail-system':
      return report && daemon && (firstHeader(message.headers, 'auto-submitted') ?? '') !== ''
    case 'any-report':
      return report
    case 'any-mailer-daemon':
      return daemon
    case 'none':
      return false
  }
}

async function judgeOrigin(arrival: Arrival, author: string, services: InboundServices): Promise<string | undefined> {
  const { dkim } = services.behaviour().inbound
  if (!dkim.required) return undefined
  const domain = domainOf(dkim.aligns === 'header-from' ? author : arrival.sender)
  if (domain.startsWith('[')) return judgeLiteral(domain, arrival.client, dkim.literals)
  if (domain.startsWith('_') && dkim.underscoreDomains === 'pass') return undefined
  if (services.domains.includes(domain) && dkim.ownDomains === 'pass') return undefined
  const verdict = await verifyDkim(arrival.message, domain, dkim, {
    network: services.network,
    now: services.clock.now(),
  })
  if (verdict === 'good' || (verdict === 'trouble' && dkim.onTrouble === 'pass')) return undefined
  return dkim.replies[verdict === 'trouble' && dkim.onTrouble === 'refuse' ? 'broken' : verdict]
}

/** `[192.0.2.1]`, `[IPv6:2001:db8::1]`. */
function judgeLiteral(
  literal: string,
  client: string,
  mode: Behaviour['inbound']['dkim']['literals'],
): string | undefined {
  if (mode === 'pass') return undefined
  const address = literal.replace(/^\[(?:ipv6:)?|\]$/gi, '')
  if (mode === 'match-client' && address.toLowerCase() === client.toLowerCase()) return undefined
  return `500 Invalid FROM domain literal: ${address} does not match origin IP ${client}`
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1)
}
