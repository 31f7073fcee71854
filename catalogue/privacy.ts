// What a chatmail server owes its users: privacy. No name, no number, and no trace of where they are.
import { privacyMessages } from './privacy/messages.ts'
import { privacyPages } from './privacy/pages.ts'
import { privacyServer } from './privacy/server.ts'
import type { Requirement } from './types.ts'

export const privacy = {
  ...privacyMessages,
  ...privacyServer,
  ...privacyPages,
} as const satisfies Record<string, Requirement>
