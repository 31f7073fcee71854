// Defects about bringing messages to their recipients. Joined from one file a family.
import { arrivalDefects } from './delivery/arrival.ts'
import { contentDefects } from './delivery/content.ts'
import { recipientDefects } from './delivery/recipients.ts'
import { sessionDefects } from './delivery/sessions.ts'
import type { Defect } from './types.ts'

export const deliveryDefects = {
  ...arrivalDefects,
  ...recipientDefects,
  ...contentDefects,
  ...sessionDefects,
} as const satisfies Record<string, Defect>
