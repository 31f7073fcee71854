// A deadline for what a scenario file may take as long for as it likes. Used by the run.
import { OptionsError } from '../schedule/scenario-options.ts'

/** Throws OptionsError when it takes longer; `what` names it. */
export async function inTime<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new OptionsError(`${what} took more than ${ms / 1_000} s`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
