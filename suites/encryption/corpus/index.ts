// The encryption corpus: messages from a seed, each with what a chatmail server is expected to do with it. One file a
// sample; where known implementations differ, its first lines say so.
import type { Sample } from '../../../harness/mail/mail.ts'
import { accepted } from './accepted/index.ts'
import { observed } from './observed/index.ts'
import { refused } from './refused/index.ts'

export { accepted, observed, refused }

export const corpus = { ...accepted, ...refused, ...observed } as const satisfies Record<string, Sample>

export type SampleId = keyof typeof corpus
