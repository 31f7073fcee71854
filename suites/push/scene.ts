// How the checks of push set their scene: new accounts with device tokens, mail that wakes them, and what the push service heard.
import { accepted, atLeast, imapOk, isTrue } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import { pushSession, setToken, tokensLater } from '../imap/device-tokens.ts'
import { openInbox } from '../imap/scene.ts'

export interface Newcomer {
  readonly address: string
  readonly password: string
}

/**
 * New accounts: those of other checks have tokens already. They go to the other checks in the end, and not before, for
 * mail that others send would wake them.
 */
export async function withNewcomers(
  t: CheckContext,
  count: number,
  use: (...newcomers: Newcomer[]) => Promise<void>,
): Promise<void> {
  const newcomers = Array.from({ length: count }, () => t.unusedCredentials({ ordinary: false }))
  try {
    for (const newcomer of newcomers) await (await pushSession(t, newcomer))[Symbol.asyncDispose]()
    await use(...newcomers)
  } finally {
    for (const newcomer of newcomers) await t.made(newcomer)
  }
}

/** Registers a device of this account under a token that nobody else has. */
export async function register(t: CheckContext, account: Newcomer): Promise<string> {
  const client = await pushSession(t, account)
  const token = `chatmail-check-${t.mail.random.hex(24)}`
  t.control('SETMETADATA of a device token', await setToken(client, token), imapOk, {
    coveredBy: 'imap/keeps-device-token',
  })
  await client[Symbol.asyncDispose]()
  t.control('the token is kept', (await tokensLater(t, account)).includes(token), isTrue, {
    coveredBy: 'imap/keeps-device-token',
  })
  return token
}

/** Sends a message and waits until it is in the mailbox, to which nobody else writes. */
export async function deliver(t: CheckContext, from: Newcomer, to: Newcomer): Promise<void> {
  const { client, selected } = await openInbox(t, to)
  const submission = await t.submission(from)
  const outcome = await submission.send(await t.mail.encrypted(from, to))
  t.control('a message is accepted', outcome, accepted, { coveredBy: 'delivery/arrives-under-a-second' })
  await submission[Symbol.asyncDispose]()
  const messages = async () => {
    await client.noop()
    return (await client.fetch('1:*', '(UID)')).messages.length
  }
  await t.eventually('messages in the mailbox', messages, atLeast(selected.exists + 1), { control: true })
  await client[Symbol.asyncDispose]()
}

/** How often the push service was told of a token. */
export function told(t: CheckContext, token: string): number {
  const received = t.host.powers.push?.received() ?? []
  return received.filter((one) => one === token).length
}

/**
 * Wakes the device with this token by one message and then by another one: what was due at the first, or before, has been
 * heard of afterwards.
 */
export async function wakeTwice(t: CheckContext, from: Newcomer, to: Newcomer, token: string): Promise<void> {
  for (const times of [1, 2]) {
    await deliver(t, from, to)
    await t.eventually(
      'times that the push service was told of another device',
      async () => told(t, token),
      atLeast(times),
      {
        control: true,
      },
    )
  }
}
