// The exit codes of the command line that are not decided by the gate of a run of checks. Those of load are k6's where k6 has them.

export const exitCodes = { ok: 0, usage: 2, undecided: 3, error: 4, interrupted: 130 } as const

export const loadExitCodes = {
  pass: 0,
  fail: 99,
  aborted: 108,
  marked: 110,
  invalid: 120,
  interrupted: exitCodes.interrupted,
} as const

/** For help texts: what they mean where a command says nothing else. */
export const usualExitCodes = [
  [0, 'conforms'],
  [1, 'fails'],
  [exitCodes.usage, 'wrong command line, or a file it names is wrong'],
  [exitCodes.undecided, 'undecided, or the host cannot be reached'],
  [exitCodes.error, 'an error of chatmail-check'],
  [exitCodes.interrupted, 'interrupted'],
] as const
