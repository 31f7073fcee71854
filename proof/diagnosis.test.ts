// The diagnosis and the recorded matrix it reads: the record is up to date, each defect is named first by it, and single
// defects and pairs are named by what real runs find.
import { describe, expect, it } from 'vitest'
import { decidedBy } from '../harness/check/diagnosis.ts'
import { allChecks } from '../harness/check/plan.ts'
import { matrixText } from '../harness/diagnosis/matrix.ts'
import { readMatrix, writeMatrix } from '../harness/diagnosis/read-matrix.ts'
import { createRandom } from '../harness/mail/random.ts'
import { type DefectId, defects } from '../reference-server/defects/index.ts'
import { suites } from '../suites/index.ts'
import {
  decidedFrom,
  judgeDiagnosis,
  type Pair,
  placeOf,
  placeOfPair,
  randomPairs,
  recordedSingles,
} from './diagnosis.ts'
import { judgeRecord, staleEntries } from './record-matrix.ts'
import { hastyTiming, runOnReference } from './reference-run.ts'

const checks = allChecks(suites)
const matrix = readMatrix(matrixText)

describe('the recorded matrix', () => {
  it('is up to date (npm run matrix brings it there)', () => {
    expect(staleEntries(matrixText)).toEqual([])
  })

  it('says so when it is not', () => {
    const [first, ...others] = matrix
    const [other] = matrix.filter(({ spares }) => spares.length > 0)
    if (!first || !other) throw new Error('no entries')
    expect(staleEntries(writeMatrix(others))).toEqual([`${first.defect} is missing`])
    const unseen = matrix.map((entry) => (entry === other ? { ...other, spares: [] } : entry))
    expect(staleEntries(writeMatrix(unseen))).toEqual([`${other.defect} is out of date`])
    const gone = [...matrix, { ...first, defect: 'was-once' }]
    expect(staleEntries(writeMatrix(gone))).toEqual(['was-once is no defect any more'])
  })

  it('is held against what the proof sees', () => {
    const [first] = matrix
    if (!first) throw new Error('no entries')
    const seen = { defect: first.defect as DefectId, held: [], changed: [], errors: [], seconds: 1 }
    expect(judgeRecord([{ ...seen, failed: first.fails }])).toEqual([])
    const [problem] = judgeRecord([{ ...seen, failed: [...first.fails, 'imap/greets'] }])
    expect(problem?.text).toBe(`the recorded matrix is wrong about imap/greets: npm run matrix ${first.defect}`)
  })

  it('names checks and defects that there are', () => {
    const known = new Set(checks.map(({ id }) => id))
    const named = matrix.flatMap(({ fails, spares }) => [...fails, ...spares])
    expect(named.filter((id) => !known.has(id))).toEqual([])
    expect(matrix.filter(({ defect }) => !(defect in defects))).toEqual([])
  })
})

describe('the diagnosis', () => {
  const outcome = (fails: readonly string[]) => decidedFrom({ failed: fails, held: [] }, fails, checks)

  it('names each single defect and 30 random pairs by what is recorded of them', () => {
    const recorded = new Map(matrix.map((death) => [death.defect, death.fails]))
    const pairs = randomPairs(4, 30).map((pair) => ({
      pair,
      decided: outcome(pair.flatMap((defect) => recorded.get(defect) ?? [])),
    }))
    expect(pairs.length).toBe(30)
    expect(judgeDiagnosis(recordedSingles(checks), pairs)).toEqual([])
  })

  it('names each that a quick run from outside can see by what that run sees', () => {
    const quick = checks.filter(
      ({ profile = 'quick', needs, observes }) =>
        !observes && profile === 'quick' && !needs?.cost && !needs?.powers && !needs?.deltachat,
    )
    const singles = recordedSingles(quick).filter(({ decided }) => [...decided.values()].includes('fails'))
    expect(singles.length).toBeGreaterThan(200)
    expect(singles.filter(({ defect, decided }) => placeOf([defect], decided) !== 0)).toEqual([])
  })

  it('complains of what it does not name', () => {
    const decided = outcome(['imap/greets'])
    expect(judgeDiagnosis([{ defect: 'accepts-cleartext', decided }], []).map(({ about }) => about)).toEqual([
      'accepts-cleartext',
      'single defects',
    ])
  })

  // Real runs: what a host like this would be told.
  it.concurrent.each(lightDefects(10))(
    'names %s, broken for real',
    async (defect) => {
      expect(await placeInRun([defect])).toBe(0)
    },
    60_000,
  )

  it.concurrent.each(randomPairs(11, 5, isQuick))(
    'names %s and %s, broken for real',
    async (...pair) => {
      expect(await placeInRun(pair)).toBeGreaterThanOrEqual(0)
    },
    60_000,
  )
})

function lightDefects(count: number): readonly DefectId[] {
  const random = createRandom(7)
  const light = matrix.filter(isQuick).map(({ defect }) => defect as DefectId)
  const chosen = new Set<DefectId>()
  while (chosen.size < Math.min(count, light.length)) chosen.add(light[random.below(light.length)] as DefectId)
  return [...chosen]
}

/** Shows in a quick run, in a few areas. */
function isQuick({ fails, violates }: (typeof matrix)[number]): boolean {
  const seen = fails.map((id) => checks.find((check) => check.id === id))
  const quick = seen.every((check) => (check?.profile ?? 'quick') === 'quick' && check?.needs?.cost === undefined)
  return quick && fails.length < 20 && !violates.startsWith('deltachat')
}

/** By a run of the checks that should fail, and of some that should hold beside them. */
async function placeInRun(broken: readonly DefectId[] | Pair): Promise<number> {
  const fails = matrix.filter(({ defect }) => broken.includes(defect as DefectId)).flatMap((death) => death.fails)
  const areas = new Set(fails.map(areaOf))
  const others = checks
    .filter(({ id, profile = 'quick', needs }) => profile === 'quick' && !needs?.cost && areas.has(areaOf(id)))
    .map(({ id }) => id)
  const random = createRandom(fails.length)
  const some = Array.from({ length: 20 }, () => others[random.below(others.length)] ?? '')
  const only = [...new Set([...fails, ...some])]
  const { findings } = await runOnReference({ defects: broken, only, brisk: true, jobs: 8, timing: hastyTiming })
  const decided = decidedBy(findings)
  return isPair(broken) ? placeOfPair(broken, decided) : placeOf(broken, decided)
}

const areaOf = (id: string) => id.split('/')[0]

function isPair(broken: readonly DefectId[]): broken is Pair {
  return broken.length === 2
}
