// Turns a table of samples into members of a batch: one check a sample, named after it. Used by the batches of the corpus.
import type { RequirementId } from '../../catalogue/index.ts'
import type { CheckMeta, Profile } from '../../harness/check/types.ts'
import { corpus, type SampleId } from './corpus/index.ts'

export type SampleTable = Readonly<Partial<Record<SampleId, readonly [RequirementId, Profile]>>>

export interface SampleMember extends CheckMeta {
  readonly sample: SampleId
}

/** `verb` is the third person that begins id and title: `accepts`. */
export function sampleMembers(verb: string, table: SampleTable, observes = false): readonly SampleMember[] {
  const rows = Object.entries(table) as [SampleId, readonly [RequirementId, Profile]][]
  return rows.map(([sample, [requirement, profile]]) => ({
    id: `encryption/${verb}-${sample}`,
    requirement,
    title: `${verb} ${sample}: ${corpus[sample].why}`,
    profile,
    sample,
    ...(observes ? { observes } : {}),
  }))
}
