// Who else says so: for each must, a client, a server or a recording that nobody here wrote.

export interface Witness {
  readonly by: 'postfix-dovecot' | 'imapflow' | 'nodemailer' | 'curl' | 'recording'
  /** The test that brings the witness. */
  readonly test: string
}

export const witnesses: Readonly<Record<string, readonly Witness[]>> = {}
