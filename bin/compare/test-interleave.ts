// Runs `compare --interleave` on two reference servers in this process. Used by its tests, by day and by night.
import { EventEmitter } from 'node:events'
import { interleave } from '../../harness/result/interleave.ts'
import { main } from '../main.ts'

export async function compareInTurns(state: string, ...args: readonly string[]) {
  let stdout = ''
  let stderr = ''
  const exitCode = await main(['compare', '--interleave', ...args], {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    env: { XDG_STATE_HOME: state },
    cwd: state,
    signals: new EventEmitter(),
    exit(code) {
      throw new Error(`exit ${code}`)
    },
  })
  return { exitCode, stdout, stderr, record: () => interleave.parse(JSON.parse(stdout)) }
}
