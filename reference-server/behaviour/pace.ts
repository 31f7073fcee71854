// How long a server takes at each stage of a delivery, as a change of its behaviour. Used by whoever wants one slowed at a stage.
import type { Behaviour } from './index.ts'
import type { DeepPartial } from './merge.ts'

/** Of submission, of the message, and of the reader's session. TCP is the kernel's, and cannot be slowed from here. */
export const pacedStages = [
  'tls',
  'greeting',
  'ehlo',
  'auth',
  'mail',
  'rcpt',
  'data',
  'body',
  'queue',
  'notify',
  'fetch',
  'reading.tls',
  'reading.greeting',
  'reading.auth',
] as const

export type PacedStage = (typeof pacedStages)[number]

/** Milliseconds by stage; 0 where absent. */
export type Pace = Readonly<Partial<Record<PacedStage, number>>>

export function paced(pace: Pace): DeepPartial<Behaviour> {
  const ms = (stage: PacedStage): number => pace[stage] ?? 0
  return {
    tls: { handshakeDelayMs: ms('tls') },
    submission: {
      greetingDelayMs: ms('greeting'),
      replyDelaysMs: {
        EHLO: ms('ehlo'),
        AUTH: ms('auth'),
        MAIL: ms('mail'),
        RCPT: ms('rcpt'),
        DATA: ms('data'),
        '.': ms('body'),
      },
    },
    delivery: { delayMs: ms('queue') },
    imap: {
      handshake: { delayMs: ms('reading.tls') },
      greeting: { delayMs: ms('reading.greeting') },
      login: { delayMs: ms('reading.auth') },
      idle: { notifyDelayMs: ms('notify') },
      fetch: { delayMs: ms('fetch') },
    },
  }
}
