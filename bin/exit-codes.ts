// The exit codes of the command line that are not decided by the gate of a run.

export const exitCodes = { ok: 0, usage: 2, undecided: 3, error: 4, interrupted: 130 } as const
