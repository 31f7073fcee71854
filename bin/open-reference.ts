// Starts the reference server that a target or `serve` describes. Its modules are loaded here and nowhere earlier.
import type { Host } from '../harness/host/host.ts'
import { openPushReceiver } from '../harness/peer/push-receiver.ts'
import type { KnownDefectId } from '../reference-server/defects/index.ts'
import type { Reference, ReferenceOptions } from '../reference-server/index.ts'
import type { PresetId } from '../reference-server/presets/index.ts'
import { unknown } from './usage-error.ts'

interface Wanted extends Omit<ReferenceOptions, 'defects' | 'like'> {
  readonly defects: readonly string[]
  readonly like?: string
}

/** Throws UsageError for a defect or a preset that does not exist. */
export async function openReference({ defects: wanted, like, ...options }: Wanted): Promise<Reference> {
  const { knownDefects } = await import('../reference-server/defects/index.ts')
  const known = Object.keys(knownDefects)
  const isKnown = (name: string): name is KnownDefectId => known.includes(name)
  const ids = wanted.map((name) => {
    if (isKnown(name)) return name
    throw unknown('defect', name, known, 'chatmail-check list defects shows them all')
  })
  const { presets } = await import('../reference-server/presets/index.ts')
  const isPreset = (name: string): name is PresetId => Object.keys(presets).includes(name)
  if (like !== undefined && !isPreset(like)) throw unknown('preset', like, Object.keys(presets))
  const { startReference } = await import('../reference-server/index.ts')
  return await startReference({ ...options, ...(like === undefined ? {} : { like }), defects: ids })
}

/** A reference server to be checked, with a push service beside it that checks can hear. */
export async function openCheckedReference(
  wanted: Wanted,
  label: string,
): Promise<{ readonly host: Host; readonly reference: Reference; close(): Promise<void> }> {
  const receiver = await openPushReceiver()
  try {
    const reference = await openReference({ ...wanted, push: { url: receiver.url } })
    const host = reference.host()
    return {
      host: { ...host, label, powers: { ...host.powers, push: receiver.power } },
      reference,
      async close() {
        await reference.close()
        await receiver[Symbol.asyncDispose]()
      },
    }
  } catch (error) {
    await receiver[Symbol.asyncDispose]()
    throw error
  }
}
