// The role of 465 and 587: users log in and send as themselves. Used by startReference.
import { authenticate } from './authenticate.ts'
import type { SubmissionServices } from './connection.ts'
import { takeMessage } from './message.ts'
import { judgeRecipient, judgeSender, judgeTransaction } from './policy.ts'
import type { SmtpRole } from './role.ts'

export function submissionRole(services: SubmissionServices): SmtpRole {
  return {
    services,
    faults: 'smtp',
    area: 'submission',
    tls: 'mail',
    connectionsPerClient: () => services.behaviour().limits.connectionsPerClient,
    rules: () => services.behaviour().submission,
    authenticate: (argument, ask) => authenticate(argument, services, ask),
    extra(verb, argument) {
      const tells = verb === 'VRFY' && services.behaviour().privacy.vrfyTells
      if (!tells || services.accounts.find(argument) !== undefined) return undefined
      return `550 5.1.1 <${argument}>: Recipient address rejected: User unknown`
    },
    judgeSender: (envelope, peer) => judgeSender(envelope, peer, services),
    judgeRecipient: async (path, envelope) => judgeRecipient(path, services) ?? judgeTransaction(envelope, services),
    take: async (incoming) => takeMessage(incoming, services),
  }
}
