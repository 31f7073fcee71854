// Every variation by id. Suite authors add the ones that exercise what their checks tolerate.
import type { Variation } from './types.ts'

export const variations = {} as const satisfies Record<string, Variation>
