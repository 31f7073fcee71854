// What a run has to keep when its file says nothing about it. Used by the run.
import type { KnownNeeds } from '../chatmail/needs.ts'
import type { ThresholdOptions } from '../thresholds/thresholds.ts'

/** Of every scenario. */
export const engineThresholds: ThresholdOptions = {
  dropped_iterations: ['count==0'],
  iteration_failed: ['rate<0.01'],
}

/** Of those that use the module `chatmail`, by what they need. Reordering is counted and no failure. */
export function chatmailThresholds({ accounts, signUps }: KnownNeeds): ThresholdOptions {
  return {
    checks: ['rate==1'],
    ...(accounts > 0 ? mailThresholds : {}),
    ...(signUps > 0 ? { account_create_failed: ['rate<0.001'] } : {}),
  }
}

const mailThresholds: ThresholdOptions = {
  delivery_duration: ['p(99)<1000'],
  delivery_failed: ['rate<0.001'],
  messages_lost: ['count==0'],
  messages_duplicated: ['count==0'],
  messages_leaked: ['count==0'],
  messages_corrupted: ['count==0'],
}
