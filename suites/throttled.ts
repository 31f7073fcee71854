// Commands given one by one, by checks that do without `send`: "slow down" is waited out, since it means neither yes nor no.
import { attempt } from '../harness/check/matchers.ts'
import type { CheckContext } from '../harness/check/types.ts'
import type { SmtpClient, SmtpReply } from '../harness/clients/smtp.ts'
import { isThrottling } from '../harness/clients/throttling.ts'
import { WireError } from '../harness/host/wire-error.ts'

/** With the pauses between them an account is rested that has used up what it may send at once. */
const tries = 6

/** `ask` makes a session of its own each time: servers may hang up when they are asked too often. */
export async function unthrottled(
  t: Pick<CheckContext, 'host' | 'pause' | 'inconclusive'>,
  ask: () => Promise<SmtpReply | WireError>,
): Promise<SmtpReply | WireError> {
  for (let nth = 1; ; nth++) {
    const reply = await ask()
    if (reply instanceof WireError || !isThrottling({ reply })) return reply
    if (nth === tries) t.inconclusive('throttled')
    await t.pause(t.host.timing.backoff * nth)
  }
}

/** The reply to RCPT, or to MAIL where that is not 250. */
export async function nameRecipient(client: SmtpClient, from: string, to: string): Promise<SmtpReply | WireError> {
  const begun = await attempt(client.command(`MAIL FROM:<${from}>`))
  if (begun instanceof WireError || begun.code !== 250) return begun
  return attempt(client.command(`RCPT TO:<${to}>`))
}
