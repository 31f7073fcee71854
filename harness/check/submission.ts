// A submission session as checks see it: the raw client, and a `send` that waits out throttling instead of blaming the server.
import type { SmtpClient, SmtpEnvelope, SmtpManner, SmtpOutcome } from '../clients/smtp.ts'
import { isThrottling } from '../clients/throttling.ts'
import { Throttled } from './signals.ts'

export interface Sendable {
  readonly envelope: SmtpEnvelope
  readonly bytes: Uint8Array
}

export interface SubmissionHooks {
  /** Called before each message; throws BudgetSpent. */
  spendMessage(sender: string): void
  pause(ms: number): Promise<void>
  readonly backoff: number
  readonly tries: number
}

export interface Submission extends AsyncDisposable {
  readonly client: SmtpClient
  /** Submits; a refusal is a value. Throttling is waited out, then `Throttled` is thrown, which is never a verdict on the server. */
  send(mail: Sendable, manner?: SmtpManner): Promise<SmtpOutcome>
}

export function submissionOver(client: SmtpClient, hooks: SubmissionHooks): Submission {
  return {
    client,
    async send(mail, manner) {
      hooks.spendMessage(mail.envelope.from)
      for (let tryNumber = 1; ; tryNumber++) {
        const outcome = await client.send(mail, manner)
        if (!isThrottling(outcome)) return outcome
        if (tryNumber === hooks.tries || client.closed) {
          throw new Throttled(`${outcome.reply?.code} ${outcome.reply?.text}`)
        }
        await hooks.pause(hooks.backoff * tryNumber)
      }
    },
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  }
}
