// Mail of one of our users without a session: a power of a test suite over a reference server.
import type { Accounts } from '../accounts.ts'
import { newEnvelope, type SubmissionServices } from '../smtp/connection.ts'
import { takeMessage } from '../smtp/message.ts'
import { userOf } from './mail.ts'
import { withCrlf } from './with-crlf.ts'

export interface SendPowers {
  /**
   * Submits a message as this user would, without the session: it is judged as at the end of DATA (sender, encryption, size),
   * and delivered. Rate limits are not asked. Throws NoSuchThing when `from` has no account.
   */
  submit(mail: SubmittedMail): SubmitOutcome
}

export interface SubmittedMail {
  readonly from: string
  readonly to: readonly string[]
  readonly message: string | Uint8Array
}

export interface SubmitOutcome {
  readonly accepted: boolean
  /** As the client would read it: `250 ...`, `523 ...`. */
  readonly reply: string
}

export function createSendPowers(services: SubmissionServices & { readonly accounts: Accounts }): SendPowers {
  return {
    submit({ from, to, message }) {
      const user = userOf(services.accounts, from)
      const envelope = newEnvelope(user.address)
      envelope.recipients.push(...to)
      const peer = { address: '127.0.0.1', secure: true, upgraded: false, heloName: 'localhost', user }
      const { refusal } = takeMessage(
        { bytes: withCrlf(message), stuffed: false, behindTaken: false, envelope, peer },
        services,
      )
      return { accepted: refusal === undefined, reply: refusal ?? services.behaviour().submission.taken }
    },
  }
}
