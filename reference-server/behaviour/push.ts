// Decisions about device tokens and who is notified of new mail. Read by push/ and, for what counts as a token, by mailbox/.
import { conformingTokenRules, type TokenRules } from '../mailbox/device-tokens.ts'

export interface PushBehaviour extends TokenRules {
  /** others: for mail whose From is not the owner; every: for all mail; nobody: never. */
  readonly notifies: 'others' | 'every' | 'nobody'
  /** Whose devices are woken when mail comes; `everyone` tells strangers that somebody got mail. */
  readonly wakes: 'owner' | 'first-device' | 'everyone'
  /** Which answers of the notification service mean that it is done. */
  readonly doneWith: 'only-200' | 'any-2xx'
  /** What 410 does: the device is gone, and its token should be, too. */
  readonly goneTokens: 'removed' | 'kept'
  /** Seconds of waiting before each try, the first included; as many tries as there are entries. */
  readonly delaysSeconds: readonly number[]
  /** No try is started later than this after the mail came. */
  readonly lifetimeSeconds: number
  readonly timeoutSeconds: number
  /** Requests at once: first tries, and those of each further round. */
  readonly firstTriesAtOnce: number
  readonly retriesAtOnce: number
}

export const conformingPush: PushBehaviour = {
  ...conformingTokenRules,
  notifies: 'others',
  wakes: 'owner',
  doneWith: 'only-200',
  goneTokens: 'removed',
  delaysSeconds: [0, 8, 64, 512, 4_096],
  lifetimeSeconds: 18_000,
  timeoutSeconds: 60,
  firstTriesAtOnce: 4,
  retriesAtOnce: 2,
}
