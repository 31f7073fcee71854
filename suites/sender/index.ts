// The suite of the area sender: every check of it, in the order of the report.
import { suite } from '../../harness/check/define.ts'
import { bccHeader } from './bcc.ts'
import { discardsInjected, hidesLogin, refusesLogin, requiresTls, servesStartTls } from './before-tls.ts'
import { refusesForgedEnvelope } from './envelope.ts'
import { refusesForgedFrom } from './header-from.ts'
import { acceptsAddressLiteral, loginMechanisms, offersPlain, offersWorkingLogins, requiresLogin } from './login.ts'
import { refusesForgeryOverStartTls } from './over-starttls.ts'
import { acceptsOwnFrom, takesUnusualFrom } from './own-from.ts'

export const senderSuite = suite('sender', {
  checks: [
    requiresLogin,
    offersPlain,
    offersWorkingLogins,
    loginMechanisms,
    acceptsAddressLiteral,
    requiresTls,
    hidesLogin,
    refusesLogin,
    discardsInjected,
    servesStartTls,
    bccHeader,
  ],
  batches: [refusesForgedEnvelope, refusesForgedFrom, refusesForgeryOverStartTls, acceptsOwnFrom, takesUnusualFrom],
})
