// What kind of machine this is, as eight digits that name nobody: figures of different kinds do not compare. For records of runs.
import { createHash } from 'node:crypto'
import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os'
import type { Result } from '../harness/result/schema.ts'

/** Processors, their make, memory in whole gigabytes, and the version of Node. */
function machineKind(): string {
  const kind = [
    platform(),
    arch(),
    cpus()[0]?.model ?? '',
    availableParallelism(),
    Math.round(totalmem() / 2 ** 30),
    process.version.split('.')[0],
  ]
  return createHash('sha256').update(JSON.stringify(kind)).digest('hex').slice(0, 8)
}

export function withMachine(result: Result): Result {
  return { ...result, vantage: { ...result.vantage, machine: machineKind() } }
}
