// A server process that the test beside it kills: loads everything, then starts on the folder it is told. Speaks by IPC.
import { systemClock } from '../clock.ts'
import { startReference } from '../index.ts'
import { openDataFolder } from './open.ts'

export interface Wanted {
  readonly folder: string
}

export interface Started {
  readonly imaps: number
  readonly submissions: number
}

process.once('message', async ({ folder }: Wanted) => {
  const clock = systemClock()
  const storage = await openDataFolder(folder, { clock })
  const overrides = { limits: { perMinute: 0 } }
  const { ports } = await startReference({ clock, storage, overrides })
  const started: Started = { imaps: ports.imaps, submissions: ports.submissions }
  process.send?.(started)
})
// The test is gone: so are we.
process.once('disconnect', () => process.exit(0))
process.send?.('loaded')
