// Defects that few messages do not show: no check sends enough to see them, a load run does. They are proved by the oracle of load,
// and are no part of the kill matrix, which is about checks.
import type { Defect } from './types.ts'

export const loadDefects = {
  'lose-1-in-200': {
    violates: 'delivery.never-loses',
    title: 'accepts every message, and loses one in two hundred',
    behaviour: { delivery: { losesEvery: 200 } },
  },
  'duplicate-on-retry': {
    violates: 'delivery.never-duplicates',
    title: 'tries one delivery in a hundred and fifty again although it had worked, so that the message is there twice',
    behaviour: { delivery: { duplicatesEvery: 150 } },
  },
  'leak-to-other-account': {
    violates: 'delivery.never-duplicates',
    title: 'puts a copy of one message in forty into the mailbox of somebody whom it does not concern',
    behaviour: { delivery: { leaksEvery: 40 } },
  },
  'corrupt-body': {
    violates: 'delivery.keeps-bytes',
    title: 'changes an octet in the body of one message in a hundred and fifty',
    behaviour: { delivery: { corruptsEvery: 150 } },
  },
} as const satisfies Record<string, Defect>
