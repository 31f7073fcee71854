// What a run has to keep when its file says nothing about it. Used by the run.
import type { ThresholdOptions } from '../thresholds/thresholds.ts'

/** Of every scenario. */
export const engineThresholds: ThresholdOptions = {
  dropped_iterations: ['count==0'],
  iteration_failed: ['rate<0.01'],
}

/** Of those that send mail. Reordering is counted and no failure. */
export const chatmailThresholds: ThresholdOptions = {
  checks: ['rate==1'],
  delivery_duration: ['p(99)<1000'],
  delivery_failed: ['rate<0.001'],
  messages_lost: ['count==0'],
  messages_duplicated: ['count==0'],
  messages_leaked: ['count==0'],
  messages_corrupted: ['count==0'],
}
