// Runs `compare --interleave` on two reference servers in this process. Used by its tests, by day and by night.
import { interleave } from '../../harness/result/interleave.ts'
import { runIn } from './test-compare.ts'

export async function compareInTurns(folder: string, ...args: readonly string[]) {
  const done = await runIn(folder, ['compare', '--interleave', ...args])
  return { ...done, record: () => interleave.parse(JSON.parse(done.stdout)) }
}
