// What a chatmail server owes its users and other servers about mail that leaves. Joined from one file a family of rules.
import { elsewhere } from './federation/delivery.ts'
import { waiting } from './federation/queue.ts'
import { security } from './federation/security.ts'
import { signing } from './federation/signing.ts'
import type { Requirement } from './types.ts'

export const federation = { ...elsewhere, ...signing, ...security, ...waiting } as const satisfies Record<
  string,
  Requirement
>
