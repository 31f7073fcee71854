// Samplers that are programs which print a line of JSON a second: the operator's own command, or sample.sh over ssh. Used by open-sampler.
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Collector } from './collector.ts'
import { printableStart } from './printable-start.ts'

export interface Program {
  readonly file: string
  readonly args: readonly string[]
  /** Written to its standard input, which is closed then. */
  readonly input?: string
}

/** Milliseconds from the end that was asked for to the one that is not. */
const grace = 1_000

/** Starts it; the returned function ends it and whatever it has started, and resolves when it is gone. */
export function startProgram({ file, args, input }: Program, collector: Collector): () => Promise<void> {
  // A group of its own, so that nothing it starts outlives it.
  const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: true })
  let wanted = false
  let complaint = ''
  const gone = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      collector.end(`it could not be started: ${error.message}`)
      resolve()
    })
    child.once('close', (code, signal) => {
      if (!wanted)
        collector.end(`it ended with ${signal ?? code ?? 'nothing'}${complaint === '' ? '' : `: ${complaint}`}`)
      resolve()
    })
  })
  child.stdin.on('error', () => {})
  child.stdin.end(input ?? '')
  child.stderr.on('data', (data: Buffer) => {
    if (complaint === '') complaint = printableStart(data.toString('utf8'))
  })
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => collector.takeLine(line))
  return async () => {
    wanted = true
    endGroup(child, 'SIGTERM')
    const timer = setTimeout(() => endGroup(child, 'SIGKILL'), grace)
    await gone
    clearTimeout(timer)
    lines.close()
  }
}

function endGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // It is gone already.
  }
}
