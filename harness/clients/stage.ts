// What setting up a session took, stage by stage, on the clock of performance.now(). Recorded by the clients, read by timelines.

export type SetupStage = 'tcp' | 'tls' | 'greeting' | 'ehlo' | 'auth'

export interface Stage<Name extends string = string> {
  readonly name: Name
  readonly started: number
  readonly ended: number
}

/** Milliseconds each; unset for what did not happen. Of what happened twice, as EHLO around STARTTLS, the last. */
export type SessionTimes = { readonly tcp: number } & { readonly [Name in SetupStage]?: number }

export function durations(stages: readonly Stage<SetupStage>[]): SessionTimes {
  return { tcp: Number.NaN, ...Object.fromEntries(stages.map(({ name, started, ended }) => [name, ended - started])) }
}
