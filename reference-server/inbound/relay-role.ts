// The role of port 25: other servers hand over mail for our users, without login. Used by startReference.

import { createRateLimit } from '../rate-limit.ts'
import { isFullName, isLiteral } from '../smtp/command.ts'
import { fill } from '../smtp/connection.ts'
import { unstuff } from '../smtp/dot-stuffing.ts'
import type { SmtpRole } from '../smtp/role.ts'
import { createDemands } from './demands.ts'
import { receiveMessage } from './receive.ts'
import { type InboundServices, isOurs } from './services.ts'

export function relayRole(services: InboundServices): SmtpRole {
  const { behaviour, clock, delivery, domains } = services
  const inbound = () => behaviour().inbound
  const demand = createDemands({
    inbound,
    network: services.network,
    clock,
    rateLimit: createRateLimit(() => behaviour().limits, clock),
  })
  return {
    services,
    faults: 'mx',
    area: 'inbound',
    tls: 'relay',
    connectionsPerClient: () => inbound().connectionsPerClient,
    rules: () => inbound().session,
    authenticate: async () => ({ reply: inbound().authReply, user: undefined }),
    extra(verb, argument) {
      const address = argument.replace(/^<(.*)>$/, '$1')
      const asks = ['VRFY', 'EXPN', 'ETRN'].includes(verb)
      if (asks && inbound().tells.some((one) => one.toUpperCase() === verb)) {
        return delivery.isUnknownLocal(address)
          ? `550 5.1.1 <${address}>: Recipient address rejected: User unknown`
          : `250 2.1.5 <${address}>`
      }
      return verb === 'VRFY' && inbound().session.vrfy !== null && !isOurs(address, domains)
        ? fill(inbound().vrfyForeign, { recipient: address })
        : undefined
    },
    judgeSender(envelope, peer) {
      const { session, refusesSenders } = inbound()
      const named = isFullName(peer.heloName) || (isLiteral(peer.heloName) && !session.refusesLiteralName)
      if (session.requiresFullName && !named) {
        return `504 5.5.2 <${peer.heloName}>: Helo command rejected: need fully-qualified hostname`
      }
      return envelope.sender === '' && refusesSenders.includes('null')
        ? '550 5.1.7 Null sender not accepted'
        : undefined
    },
    judgeRecipient: async (path, envelope, peer) =>
      judgeInboundRecipient(path.address, services) ??
      (await demand({
        client: peer.address,
        heloName: peer.heloName,
        sender: envelope.sender,
        recipient: path.address,
      })),
    async take({ bytes, stuffed, envelope, peer }) {
      const { limits, delivery: rules } = behaviour()
      const free = !stuffed && !inbound().judgesChunks
      if (bytes === null || bytes.length > limits.messageBytes) {
        return { refusal: '552 5.3.4 Error: message file too big' }
      }
      const refusal = await receiveMessage(
        {
          bytes: stuffed ? unstuff(bytes, rules.dotUnstuffing) : bytes,
          sender: envelope.sender,
          recipients: envelope.recipients,
          client: peer.address,
        },
        services,
        free ? 'nothing' : 'everything',
      )
      return { refusal }
    },
  }
}

/** A refusal of a recipient that holds on /mxdeliv, too. */
export function judgeInboundRecipient(address: string, services: InboundServices): string | undefined {
  const { inbound } = services.behaviour()
  if (!isOurs(address, services.domains)) {
    return inbound.relaysFor === 'everybody' ? undefined : fill(inbound.foreignRecipientReply, { recipient: address })
  }
  return inbound.tells.includes('rcpt') && services.delivery.isUnknownLocal(address)
    ? `550 5.1.1 <${address}>: Recipient address rejected: User unknown`
    : undefined
}
