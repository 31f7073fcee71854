// Starts test-server.ts in a process of its own, as a host that can be searched. Used by the tests of the capacity run.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { memoryAccountStore } from '../discovery/account-memory.ts'
import { localTiming, unlimitedBudget } from '../host/defaults.ts'
import type { Host } from '../host/host.ts'

export interface OwnProcess extends AsyncDisposable {
  readonly host: Host
  readonly pid: number
}

export async function startOwnProcess(overrides: object): Promise<OwnProcess> {
  const file = fileURLToPath(new URL('test-server.ts', import.meta.url))
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, JSON.stringify(overrides)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve)
    child.once('close', () => reject(new Error('the server did not start')))
  })
  const told = JSON.parse(line) as Pick<Host, 'endpoints' | 'trust' | 'policy' | 'domain'>
  const nobody = () => Promise.reject(new Error('no names are looked up'))
  return {
    pid: child.pid ?? 0,
    host: {
      ...told,
      label: 'own-process.test',
      candidates: [],
      resolver: { addresses: nobody, query: nobody } as unknown as Host['resolver'],
      timing: localTiming,
      budget: unlimitedBudget,
      powers: {},
      accounts: memoryAccountStore(),
      notes: [],
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end()
      await ended
    },
  }
}
