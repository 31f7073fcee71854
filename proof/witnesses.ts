// Who else says so: for each must, a client, a server or a recording that nobody here wrote.
import { allChecks } from '../harness/check/plan.ts'
import { suites } from '../suites/index.ts'
import { decidedChecks } from '../testbeds/plain-mail/expected-verdicts.ts'
import { recordedWitnesses } from './recorded/index.ts'

export interface Witness {
  readonly by: 'postfix-dovecot' | 'imapflow' | 'nodemailer' | 'curl' | 'recording'
  /** The test that brings the witness. */
  readonly test: string
}

const recording: Witness = { by: 'recording', test: 'proof/recorded.test.ts' }
const realServer: Witness = { by: 'postfix-dovecot', test: 'testbeds/plain-mail/negative-control.test.ts' }

export const witnesses: Readonly<Record<string, readonly Witness[]>> = collect()

function collect(): Record<string, Witness[]> {
  const found: Record<string, Witness[]> = {}
  const add = (id: string, witness: Witness) => {
    found[id] ??= []
    if (!found[id].some(({ test }) => test === witness.test)) found[id].push(witness)
  }
  for (const id of Object.keys(recordedWitnesses)) add(id, recording)
  for (const { id, requirement } of allChecks(suites)) if (decidedChecks.has(id)) add(requirement, realServer)
  return found
}
