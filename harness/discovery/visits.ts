// Honours what a host says of being checked (see opt-out.ts): not at all, or not more often than it likes.
import { mkdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { HostName } from '../host/host-name.ts'
import { TargetError } from '../host/target-error.ts'
import type { CheckWishes } from './opt-out.ts'

const hours = { hourly: 1, daily: 24, weekly: 7 * 24, monthly: 30 * 24 } as const

/** A job that starts every week starts a little earlier now and then. */
const leeway = 0.97

/** `since`: a visit that began then goes on, milliseconds since 1970. Throws TargetError `opted-out` or `too-soon`. */
export async function refuseUnwelcome(
  name: HostName,
  wishes: CheckWishes | undefined,
  state: string,
  since = Number.POSITIVE_INFINITY,
): Promise<void> {
  if (wishes === undefined) return
  const hint = `if it is your host: --i-operate ${name.label}`
  if (!wishes.check) throw new TargetError('opted-out', `${name.label} asks not to be checked`, { hint })
  if (wishes.max === undefined) return
  const last = await lastVisit(name, state)
  if (last !== undefined && last >= since) return
  const ago = last === undefined ? Number.POSITIVE_INFINITY : (Date.now() - last) / 3_600_000
  if (ago >= 0 && ago < leeway * hours[wishes.max]) {
    const when = ago < 48 ? `${Math.max(1, Math.round(ago))} h` : `${Math.round(ago / 24)} days`
    throw new TargetError(
      'too-soon',
      `${name.label} asks to be checked at most ${wishes.max}; last time: ${when} ago`,
      {
        hint,
      },
    )
  }
}

/** Remembers that the host is checked now. A folder that cannot be written is no reason to stop. */
export async function recordVisit(name: HostName, state: string): Promise<void> {
  try {
    await mkdir(join(state, 'visits'), { recursive: true, mode: 0o700 })
    await writeFile(fileOf(name, state), `${new Date().toISOString()}\n`, { mode: 0o600 })
  } catch {}
}

async function lastVisit(name: HostName, state: string): Promise<number | undefined> {
  try {
    return (await stat(fileOf(name, state))).mtimeMs
  } catch {
    return undefined
  }
}

function fileOf(name: HostName, state: string): string {
  return join(state, 'visits', encodeURIComponent(name.domain))
}
