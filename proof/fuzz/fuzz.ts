// Reads bad octets by every parser of server bytes for some time, and tells what crashed, hung or grew. A process does it, and
// this watches: one that hangs or dies is replaced, and goes on with another seed. `npm run fuzz` and its tests use it.
import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Job, readBoard } from './board.ts'
import type { Found } from './target.ts'

export interface FuzzOptions {
  readonly seconds: number
  readonly seed: number
  /** Name of one target. */
  readonly only?: string | undefined
  /** URL of the module that exports `openTargets`. */
  readonly module?: string
  /** Milliseconds after which an input counts as one that never ends. */
  readonly hang?: number
  /** Megabytes of the heap; default 512. */
  readonly heap?: number
  /** After so many findings there is no point in going on; default 20. */
  readonly enough?: number
}

export interface FuzzOutcome {
  /** One of a kind for a target. */
  readonly found: readonly Found[]
  readonly inputs: number
}

export async function fuzz(options: FuzzOptions): Promise<FuzzOutcome> {
  const folder = await mkdtemp(join(tmpdir(), 'fuzz-'))
  const found = new Map<string, Found>()
  const { enough = 20 } = options
  const until = performance.now() + options.seconds * 1_000
  let inputs = 0
  try {
    for (let seed = options.seed; found.size < enough; seed++) {
      const seconds = (until - performance.now()) / 1_000
      if (seconds <= 0) break
      const life = await oneProcess({ ...options, seconds, seed }, join(folder, 'board'))
      inputs += life.inputs
      for (const one of life.found) {
        const key = `${one.target}: ${one.kind}`
        if (!found.has(key) && (await stands(one, options, join(folder, 'again')))) found.set(key, one)
      }
      if (life.ended) break
    }
  } finally {
    await rm(folder, { recursive: true })
  }
  return { found: [...found.values()], inputs }
}

/** What never ended must not end when it is tried once more, by itself: a busy machine stops programs for a while. */
async function stands({ kind, target, input }: Found, options: FuzzOptions, board: string): Promise<boolean> {
  if (kind !== 'hang') return true
  const again = await oneProcess({ ...options, only: target, replay: input }, board)
  return again.found.length > 0
}

async function oneProcess(
  options: FuzzOptions & { replay?: string },
  board: string,
): Promise<FuzzOutcome & { readonly ended: boolean }> {
  const {
    seconds,
    seed,
    only,
    replay,
    module = new URL('targets.ts', import.meta.url).href,
    hang = 10_000,
    heap = 512,
    enough = 20,
  } = options
  const child = fork(join(import.meta.dirname, 'worker.ts'), {
    execArgv: [`--max-old-space-size=${heap}`],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const found: Found[] = []
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-4_000)
  })
  child.on('message', (one: Found) => {
    if (found.length < enough) found.push(one)
    if (found.length === enough) child.kill('SIGKILL')
  })
  child.send({ module, seconds, seed, only, replay, board } satisfies Job)

  let number = 0
  let since = performance.now()
  let hung = false
  const watch = setInterval(() => {
    const now = noteOf(board).number
    if (now !== number) since = performance.now()
    // Until the first one everything is loaded, which may take long on a busy machine.
    else if (performance.now() - since > (now === 0 ? 10 * hang : hang)) {
      hung = true
      child.kill('SIGKILL')
    }
    number = now
  }, 200)
  const [code] = await new Promise<[number | null]>((resolve) => child.on('close', (status) => resolve([status])))
  clearInterval(watch)
  const { target, input, number: inputs } = noteOf(board)
  if (code !== 0 && found.length < enough) {
    const isMemory = /heap out of memory|allocation failed/i.test(said)
    const kind = hung ? 'hang' : isMemory ? 'memory' : 'crash'
    const text = hung ? `no end after ${hang} ms` : said.trim()
    found.push({ target, kind, text, input: Buffer.from(input).toString('base64') })
  }
  return { found, inputs, ended: code === 0 }
}

function noteOf(board: string): ReturnType<typeof readBoard> {
  try {
    return readBoard(board)
  } catch {
    // It has not begun yet.
    return { number: 0, target: '', input: new Uint8Array(0) }
  }
}
