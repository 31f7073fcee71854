// A worker process of the proof: takes tasks by message, one at a time, until its parent goes.
import type { DefectId } from '../reference-server/defects/index.ts'
import { proveBaseline } from './baseline.ts'
import { tryPair } from './diagnosis.ts'
import { tryHostile } from './hostile.ts'
import { tryDefect } from './kill-matrix.ts'
import { tryPreset } from './preset-run.ts'
import { stages } from './stage-proxy.ts'
import { nameOf, type Task, type TaskOutcome } from './task.ts'
import { tryVariation } from './variation.ts'

async function work(task: Task): Promise<TaskOutcome> {
  switch (task.kind) {
    case 'baseline': {
      // Delta Chat as the judge on the variant that is furthest from the first.
      const { problems } = await proveBaseline(task.variant, 'brisk', task.variant === 4)
      return { kind: 'baseline', outcome: { problems } }
    }
    case 'defect':
      return { kind: 'defect', outcome: await tryDefect(task.id as DefectId, task.checks, task.observations) }
    case 'pair':
      return { kind: 'pair', outcome: await tryPair(task.pair, task.checks) }
    case 'variation':
      return { kind: 'variation', id: task.id, outcome: await tryVariation(task.id, task.checks) }
    case 'preset':
      return { kind: 'preset', outcome: await tryPreset(task.id) }
    case 'hostile': {
      const stage = stages.find((item) => item.id === task.stage)
      if (!stage) throw new Error(`no stage ${task.stage}`)
      return { kind: 'hostile', outcome: await tryHostile(stage, task.hostility, task.checks) }
    }
  }
}

process.on('message', (task: Task) => {
  work(task).then(
    (outcome) => process.send?.(outcome),
    (error) =>
      process.send?.({ kind: 'crash', about: nameOf(task), text: String(error?.stack ?? error) } satisfies TaskOutcome),
  )
})
process.on('disconnect', () => process.exit())
