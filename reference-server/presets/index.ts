// Every preset by name: `like` of startReference, `--like` of serve, and `@reference:like=`.
import { type Behaviour, merge } from '../behaviour/index.ts'
import { madmail } from './madmail.ts'
import { relay19 } from './relay-1-9.ts'
import { relay112, relay112SelfSigned } from './relay-1-12.ts'
import { relay2025 } from './relay-2025-02.ts'
import type { Preset } from './types.ts'

export const presets = {
  'relay-2025-02': relay2025,
  'relay-1.9': relay19,
  'relay-1.12': relay112,
  'relay-1.12-selfsigned': relay112SelfSigned,
  madmail,
} as const satisfies Record<string, Preset>

export type PresetId = keyof typeof presets

/** The behaviour of that implementation; what it does not settle stays as in `base`. */
export function likePreset(base: Behaviour, id: PresetId): Behaviour {
  const { choices }: Preset = presets[id]
  return choices.reduce((behaviour, choice) => merge<Behaviour>(behaviour, choice.behaviour), base)
}
