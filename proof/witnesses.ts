// Who else says so: for each must, a client, a server or a recording that nobody here wrote.
import { recordedWitnesses } from './recorded/index.ts'

export interface Witness {
  readonly by: 'postfix-dovecot' | 'imapflow' | 'nodemailer' | 'curl' | 'recording'
  /** The test that brings the witness. */
  readonly test: string
}

const recording: Witness = { by: 'recording', test: 'proof/recorded.test.ts' }

export const witnesses: Readonly<Record<string, readonly Witness[]>> = Object.fromEntries(
  Object.keys(recordedWitnesses).map((id) => [id, [recording]]),
)
