// Runs `compare --interleave` on two reference servers in this process. Used by its tests, by day and by night.
import { interleave } from '../../harness/result/interleave.ts'
import { runMain } from '../test-main.ts'

export async function compareInTurns(state: string, ...args: readonly string[]) {
  const ran = await runMain(['compare', '--interleave', ...args], { cwd: state, state })
  return { ...ran, record: () => interleave.parse(JSON.parse(ran.stdout)) }
}
