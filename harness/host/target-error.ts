// The one error about a target: the text the user gave, or the place it leads to. The command line prints message and hint.
import type { Candidate } from './host.ts'

export type TargetCode =
  | 'bad-name' // HOST is no host
  | 'bad-option' // a flag's value cannot be read, or two flags contradict each other
  | 'bad-file' // a file named by a flag cannot be read
  | 'no-address' // the name exists nowhere
  | 'dns-failed' // the resolver did not answer
  | 'nothing-answers' // addresses, but no mail service
  | 'untrusted' // mail services, but none whose certificate we trust
  | 'opted-out' // the host asks not to be checked
  | 'too-soon' // the host asks to be checked less often
  | 'peer-dns' // our own mail domain is not in the DNS as it must be
  | 'aborted' // we were told to stop

const usage: ReadonlySet<TargetCode> = new Set(['bad-name', 'bad-option', 'bad-file'])

/** `message` is one line: what happened and where. `hint` says what to do about it. */
export class TargetError extends Error {
  readonly code: TargetCode
  readonly hint: string | undefined
  /** What was tried, for a report of the attempt. */
  readonly candidates: readonly Candidate[]

  constructor(
    code: TargetCode,
    message: string,
    options: { hint?: string; candidates?: readonly Candidate[]; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'TargetError'
    this.code = code
    this.hint = options.hint
    this.candidates = options.candidates ?? []
  }

  /** True when the command line or a file is wrong (exit 2), false when the target cannot be checked (exit 3). */
  get isUsage(): boolean {
    return usage.has(this.code)
  }
}
