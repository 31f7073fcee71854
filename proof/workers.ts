// Spreads tasks over worker processes, one for each processor, so that the proof takes minutes and not an hour.
import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { nameOf, type Task, type TaskOutcome } from './task.ts'

/** Answers in the order of the tasks. A worker that dies fails its task and is replaced. */
export async function spread(
  tasks: readonly Task[],
  processes: number,
  onDone: (task: Task, outcome: TaskOutcome) => void,
): Promise<TaskOutcome[]> {
  const outcomes: TaskOutcome[] = []
  let next = 0
  const lane = async () => {
    let worker: ChildProcess | undefined
    for (let at = next++; at < tasks.length; at = next++) {
      const task = tasks[at]
      if (!task) break
      worker ??= fork(join(import.meta.dirname, 'worker.ts'))
      const outcome = await ask(worker, task)
      if (outcome.kind === 'crash') {
        worker.kill()
        worker = undefined
      }
      outcomes[at] = outcome
      onDone(task, outcome)
    }
    worker?.disconnect()
  }
  await Promise.all(Array.from({ length: processes }, lane))
  return outcomes
}

/** No task of the proof may take longer, ms. */
const longestTask = 240_000

function ask(worker: ChildProcess, task: Task): Promise<TaskOutcome> {
  return new Promise((resolve) => {
    const end = (outcome: TaskOutcome) => {
      clearTimeout(timer)
      worker.off('message', onMessage)
      worker.off('exit', onExit)
      resolve(outcome)
    }
    const onMessage = (outcome: TaskOutcome) => end(outcome)
    const onExit = (code: number | null) =>
      end({ kind: 'crash', about: nameOf(task), text: `the process died with ${code}` })
    const timer = setTimeout(
      () => end({ kind: 'crash', about: nameOf(task), text: `took over ${longestTask / 1000} s` }),
      longestTask,
    )
    worker.on('message', onMessage)
    worker.on('exit', onExit)
    worker.send(task)
  })
}
