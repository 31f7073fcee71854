// Defects about the IMAP side.
import type { Defect } from './types.ts'

export const imapDefects = {} as const satisfies Record<string, Defect>
