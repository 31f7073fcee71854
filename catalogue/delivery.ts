// What a chatmail server owes its users: delivery. Joined from one file a family of rules.
import { arrival } from './delivery/arrival.ts'
import { content } from './delivery/content.ts'
import { recipients } from './delivery/recipients.ts'
import { sessions } from './delivery/sessions.ts'
import type { Requirement } from './types.ts'

export const delivery = { ...arrival, ...recipients, ...content, ...sessions } as const satisfies Record<
  string,
  Requirement
>
