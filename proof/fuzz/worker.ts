// The process that reads bad octets, one input after another, until its time is over. fuzz.ts starts and watches it.
import { setImmediate } from 'node:timers/promises'
import { createRandom } from '../../harness/mail/random.ts'
import { type Board, type Job, openBoard } from './board.ts'
import { mutate } from './mutate.ts'
import type { Found, Target, Targets } from './target.ts'

/** Milliseconds of the processor that an input may take, and per kilobyte of it. */
const patience = 250
const patiencePerKilobyte = 2
/** Octets outside the heap that may stay after an input. */
const mostMemory = 256 * 1024 * 1024

async function work({ module, seconds, seed, only, replay, board: path }: Job): Promise<void> {
  const { openTargets } = (await import(module)) as { openTargets(): Promise<Targets> }
  await using opened = await openTargets()
  using board = openBoard(path)
  const prepared = opened.targets
    .filter(({ name }) => only === undefined || name === only)
    .map((target) => ({ target, seeds: target.seeds.map((text) => Buffer.from(text)) }))
  if (replay !== undefined) {
    for (const { target } of prepared) await tryInput(target, Buffer.from(replay, 'base64'), board)
    return
  }
  const random = createRandom(seed)
  const until = performance.now() + seconds * 1_000
  for (const { target, seeds } of prepared) for (const input of seeds) await tryInput(target, input, board)
  while (performance.now() < until) {
    for (const { target, seeds } of prepared) {
      if (random.below(100) >= (target.share ?? 100)) continue
      await tryInput(target, mutate(random, seeds, target.words), board)
      if (performance.now() >= until) break
    }
  }
}

async function tryInput(target: Target, input: Uint8Array, board: Board): Promise<void> {
  board.note(target.name, input)
  const report = (kind: Found['kind'], text: string): void => {
    process.send?.({ target: target.name, kind, text, input: Buffer.from(input).toString('base64') } satisfies Found)
  }
  const time = async (): Promise<number> => {
    const began = process.cpuUsage()
    await target.read(input)
    const { user, system } = process.cpuUsage(began)
    return (user + system) / 1_000
  }
  try {
    let took = await time()
    const most = patience + (patiencePerKilobyte * input.length) / 1_024
    // The collector of garbage may have come along: what counts is the faster of two.
    if (took > most && !target.waits) took = Math.min(took, await time())
    if (took > most && !target.waits) report('slow', `${Math.round(took)} ms for ${input.length} octets`)
  } catch (error) {
    if (!target.says.some((kind) => error instanceof kind))
      report('crash', error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
  const { external } = process.memoryUsage()
  if (external > mostMemory) report('memory', `${Math.round(external / 1_048_576)} MB outside the heap`)
  // What it left to happen later happens now, while it is known whose it is.
  await setImmediate()
}

process.once('message', (job: Job) => void work(job).then(() => process.disconnect()))
