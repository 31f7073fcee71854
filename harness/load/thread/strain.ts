// How hard this machine has it in driving a thread: how late timers fire, how much of a processor the thread used, and how long
// it had to wait for one that others had. Used by a thread.
import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import type { Recorder } from './recorder.ts'

/** Milliseconds from one look at the event loop to the next. */
const lookEvery = 50

/** Milliseconds that this thread has had a processor, and that it could have run and had none, since it began. */
interface Processor {
  readonly had: number
  readonly waited: number
}

/** Undefined where the system does not tell: Linux alone does. */
function processorOfThread(): Processor | undefined {
  try {
    const [had, waited] = readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')
    return { had: Number(had) / 1e6, waited: Number(waited) / 1e6 }
  } catch {
    return undefined
  }
}

export interface Strain {
  /** Once a second: records what the last one was like. */
  gauge(): void
  end(): void
}

export function watchStrain(recorder: Recorder, tags: Readonly<Record<string, string>>): Strain {
  const series = (name: string) => recorder.series(name, tags)
  const [delay, utilization] = [series('driver_event_loop_delay'), series('driver_event_loop_utilization')]
  const [used, starved] = [series('driver_cpu_utilization'), series('driver_cpu_wait')]
  let loop = performance.eventLoopUtilization()
  let processor = processorOfThread()
  let gauged = performance.now()
  let due = gauged + lookEvery
  const look = () => {
    const now = performance.now()
    recorder.add(delay, Math.max(0, now - due))
    due = now + lookEvery
    timer = setTimeout(look, lookEvery)
  }
  let timer = setTimeout(look, lookEvery)
  return {
    gauge() {
      const now = performance.now()
      recorder.add(utilization, performance.eventLoopUtilization(loop).utilization)
      loop = performance.eventLoopUtilization()
      const after = processorOfThread()
      if (processor !== undefined && after !== undefined) {
        recorder.add(used, (after.had - processor.had) / (now - gauged))
        recorder.add(starved, (after.waited - processor.waited) / (now - gauged))
      }
      processor = after
      gauged = now
    },
    end: () => clearTimeout(timer),
  }
}
