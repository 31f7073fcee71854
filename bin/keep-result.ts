// Keeps the result of a run for `report last`. Used by check, load and capacity.
import type { Result } from '../harness/result/schema.ts'
import { keepRun } from './history.ts'
import type { Io } from './io.ts'
import { reasonOf } from './read-file.ts'

/** Its path. The result is on the screen in any case: trouble with the state folder is a remark. */
export async function keepResult(result: Result, io: Io, say: (text: string) => void): Promise<string | undefined> {
  try {
    return await keepRun(result, io.env)
  } catch (error) {
    say(`The result could not be kept for "report last": ${reasonOf(error)}`)
    return undefined
  }
}
