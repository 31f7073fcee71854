// How the Delta Chat checks set their scene: devices that are logged in, chats between them, texts that nobody else writes.
import { type Matcher, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext, Needs } from '../../harness/check/types.ts'
import { CoreRefusal } from '../../harness/deltachat/core-error.ts'
import type { DeltaChat } from '../../harness/deltachat/delta-chat.ts'
import type { Device, Message } from '../../harness/deltachat/device.ts'
import type { Account } from '../../harness/host/account.ts'
import type { Host } from '../../harness/host/host.ts'

/** A core takes processor time, and most of these checks measure or wait: they come one by one, after the others. */
export const withCore: Needs = { deltachat: 'any', cost: 'slow', alone: true }

export interface Friends {
  readonly deltachat: DeltaChat
  readonly alice: Device
  readonly bob: Device
  /** The chat with the other one, of each. */
  readonly aliceChat: number
  readonly bobChat: number
}

/** Two devices that know each other's keys. */
export async function friends(t: CheckContext): Promise<Friends> {
  const deltachat = await t.deltachat()
  const [alice, bob] = await devices(t, await t.accounts(2))
  if (!alice || !bob) throw new Error('two accounts make two devices')
  const [aliceChat, bobChat] = await deltachat.introduce(alice, bob)
  return { deltachat, alice, bob, aliceChat, bobChat }
}

export async function devices(
  t: CheckContext,
  accounts: readonly Account[],
  host: Host = t.host,
): Promise<readonly Device[]> {
  const deltachat = await t.deltachat()
  const made = await Promise.all(accounts.map((account) => outcome(deltachat.device(account, host))))
  return made.map((device) => {
    if (!(device instanceof CoreRefusal)) return device
    t.control(
      'Delta Chat logs in',
      device.message,
      satisfies('logged in', () => false),
      {
        coveredBy: 'deltachat/onboards-by-login',
      },
    )
    throw device
  })
}

/** What the core did, or why it could not: a value to expect something of. */
export async function outcome<T>(work: Promise<T>): Promise<T | CoreRefusal> {
  try {
    return await work
  } catch (error) {
    if (error instanceof CoreRefusal) return error
    throw error
  }
}

export const done: Matcher<unknown> = satisfies(
  'done',
  (value) => !(value instanceof CoreRefusal),
  (value) => (value instanceof CoreRefusal ? value.message.slice(0, 300) : 'done'),
)

/** A message as the other side shows it; undefined when it never came. */
export type Shown = { readonly at: number; readonly message: Message } | undefined

export const arrived: Matcher<Shown> = satisfies(
  'there, encrypted',
  (shown) => shown?.message.showPadlock === true,
  (shown) => (shown ? (shown.message.showPadlock ? 'there' : 'there, not encrypted') : 'not there in time'),
)

export const happened: Matcher<unknown> = satisfies(
  'seen in time',
  (value) => value !== undefined,
  (value) => (value === undefined ? 'not seen in time' : 'seen'),
)

/** A text that tells this try of this check from all others. */
export function text(t: CheckContext, about: string): string {
  return `${about} ${t.mail.random.hex(12)}`
}

/** How the server took a message: at once, after we had waited for it, not at all. */
export type Taken = 'at once' | 'late' | 'refused' | 'never'

/**
 * Sends a text, or what a function sends, and waits until the server has it. What it puts off is tried again soon, as on a
 * phone that gets a network; core by itself waits half a minute.
 */
export async function say(
  from: Device,
  chat: number,
  content: string | (() => Promise<number>),
): Promise<{ readonly id: number; readonly taken: Taken }> {
  const since = from.seen.length
  const id = typeof content === 'string' ? await from.rpc.miscSendTextMessage(from.id, chat, content) : await content()
  const fits = ({ msgId }: { msgId: number }) => msgId === id
  for (const [tries, within] of nudges.entries()) {
    if (tries > 0) await from.rpc.maybeNetwork()
    const ends = ['MsgDelivered', 'MsgFailed'] as const
    const end = await Promise.race(ends.map((kind) => from.event(kind, { fits, from: since, within })))
    const failed = from.seen.slice(since).some(({ event }) => event.kind === 'MsgFailed' && event.msgId === id)
    if (failed) return { id, taken: 'refused' }
    if (end !== undefined) return { id, taken: tries === 0 ? 'at once' : 'late' }
  }
  return { id, taken: 'never' }
}

/** Milliseconds for each try; core gives a message up after six of them. */
const nudges = [1_500, 2_500, 4_000, 6_000]

export const taken: Matcher<Taken> = satisfies('taken', (how) => how === 'at once' || how === 'late')

/** A text there and one back: the scene for what is done to the first. The second shows that the way back is open, too. */
export async function told(
  t: CheckContext,
  { alice, bob, aliceChat, bobChat }: Friends,
): Promise<{ readonly sent: number; readonly received: Message }> {
  const words = text(t, 'hello')
  const { id: sent, taken: how } = await say(alice, aliceChat, words)
  t.control('the server takes a text', how, taken, { coveredBy: 'deltachat/carries-texts' })
  const shown = await bob.message((message) => message.text === words)
  t.control('a text arrives', shown, arrived, { coveredBy: 'deltachat/carries-texts' })
  if (!shown) throw new Error('a control that is met has a value')
  const answer = text(t, 'hello yourself')
  const { taken: answered } = await say(bob, bobChat, answer)
  t.control('the server takes the answer', answered, taken, { coveredBy: 'deltachat/carries-texts' })
  const back = await alice.message((message) => message.text === answer)
  t.control('the answer arrives', back, arrived, { coveredBy: 'deltachat/carries-texts' })
  return { sent, received: shown.message }
}
