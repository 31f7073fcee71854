// Turns a table of forgeries into members of a batch: one check a forgery, named after it. Used by the batches about From.
import type { RequirementId } from '../../catalogue/index.ts'
import type { CheckMeta, Profile } from '../../harness/check/types.ts'
import { type ForgeryId, forgeries } from '../../harness/mail/forged.ts'

type ForgeryTable = Readonly<Partial<Record<ForgeryId, readonly [RequirementId, Profile]>>>

interface ForgeryMember extends CheckMeta {
  readonly forgery: ForgeryId
}

/** `verb` is the third person that begins id and title: `refuses`. */
export function forgeryMembers(verb: string, table: ForgeryTable, observes = false): readonly ForgeryMember[] {
  const rows = Object.entries(table) as [ForgeryId, readonly [RequirementId, Profile]][]
  return rows.map(([forgery, [requirement, profile]]) => ({
    id: `sender/${verb}-${forgery}`,
    requirement,
    title: `${verb} ${forgery}: ${forgeries[forgery].why}`,
    profile,
    forgery,
    ...(observes ? { observes } : {}),
  }))
}
