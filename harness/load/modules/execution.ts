// What a scenario file gets for `import exec from 'k6/execution'`: who it is and what is running. One for each virtual user.
import type { Iteration, VirtualUser } from '../thread/virtual-user.ts'

/** What a virtual user may know of its thread, and ask of it. */
export interface ThreadView {
  readonly options: unknown
  /** Milliseconds since the run began. */
  elapsed(): number
  readonly completed: number
  readonly interrupted: number
  readonly active: number
  readonly initialized: number
  /** Ends the whole run. */
  abort(reason: string): void
  /** The run has failed, and goes on. */
  fail(reason: string): void
}

/** Thrown by `exec.test.abort()`, so that the iteration ends there. */
export class TestAborted extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'TestAborted'
  }
}

export function executionModule(vu: VirtualUser, thread: ThreadView) {
  const iteration = (): Iteration => {
    if (vu.iteration === undefined) throw new Error('k6/execution: nothing is running while the file is read')
    return vu.iteration
  }
  const scenario = {
    get name() {
      return iteration().activity.plan.name
    },
    get executor() {
      return iteration().activity.plan.executor
    },
    get startTime() {
      return Math.floor(iteration().activity.began)
    },
    get progress() {
      return iteration().activity.progress()
    },
    get iterationInInstance() {
      return iteration().numberHere
    },
    get iterationInTest() {
      return iteration().start.number
    },
  }
  const instance = {
    get iterationsInterrupted() {
      return thread.interrupted
    },
    get iterationsCompleted() {
      return thread.completed
    },
    get vusActive() {
      return thread.active
    },
    get vusInitialized() {
      return thread.initialized
    },
    get currentTestRunDuration() {
      return thread.elapsed()
    },
  }
  const test = {
    abort(reason = 'test.abort() was called'): never {
      thread.abort(reason)
      throw new TestAborted(reason)
    },
    fail(reason = 'test.fail() was called'): void {
      thread.fail(reason)
    },
    get options() {
      return thread.options
    },
  }
  const user = {
    get iterationInInstance() {
      return vu.iterations - 1
    },
    get iterationInScenario() {
      return (vu.iterationsOf.get(iteration().activity.plan.name) ?? 1) - 1
    },
    idInInstance: vu.idInThread,
    idInTest: vu.idInTest,
    metrics: { tags: vu.ownTags, metadata: {} },
    tags: vu.ownTags,
  }
  const module = { scenario, instance, test, vu: user }
  return { ...module, default: module }
}
