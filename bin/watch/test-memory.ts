// How much memory a process has. For tests; Linux.
import { readFile } from 'node:fs/promises'

export async function residentMebibytes(pid: number | undefined): Promise<number> {
  const [, kib] = /^VmRSS:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kib) / 1_024
}
