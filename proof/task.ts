// A piece of the proof that one worker process does: a variant of the good server, a defect, a variation, a preset, or a hostile peer at a stage.
import type { Result } from '../harness/result/schema.ts'
import type { PresetId } from '../reference-server/presets/index.ts'
import type { Baseline } from './baseline.ts'
import type { Pair, PairOutcome } from './diagnosis.ts'
import type { HostileOutcome } from './hostile.ts'
import type { DefectOutcome } from './kill-matrix.ts'
import type { PresetOutcome } from './preset-run.ts'
import type { Hostility } from './stage-proxy.ts'
import type { VariationOutcome } from './variation.ts'

export type Task =
  | { readonly kind: 'baseline'; readonly variant: number }
  | {
      readonly kind: 'defect'
      readonly id: string
      readonly checks: readonly string[]
      readonly observations: Result['observations']
    }
  | { readonly kind: 'pair'; readonly pair: Pair; readonly checks: readonly string[] }
  | { readonly kind: 'variation'; readonly id: string; readonly checks: readonly string[] }
  | { readonly kind: 'preset'; readonly id: PresetId }
  | {
      readonly kind: 'hostile'
      readonly stage: string
      readonly hostility: Hostility
      readonly checks: readonly string[]
    }

export type TaskOutcome =
  | { readonly kind: 'baseline'; readonly outcome: Pick<Baseline, 'problems'> }
  | { readonly kind: 'defect'; readonly outcome: DefectOutcome }
  | { readonly kind: 'pair'; readonly outcome: PairOutcome }
  | { readonly kind: 'variation'; readonly id: string; readonly outcome: VariationOutcome }
  | { readonly kind: 'preset'; readonly outcome: PresetOutcome }
  | { readonly kind: 'hostile'; readonly outcome: HostileOutcome }
  | { readonly kind: 'crash'; readonly about: string; readonly text: string }

export function nameOf(task: Task): string {
  switch (task.kind) {
    case 'baseline':
      return `variant ${task.variant}`
    case 'pair':
      return task.pair.join(' with ')
    case 'hostile':
      return `${task.stage}, ${task.hostility}`
    default:
      return task.id
  }
}
