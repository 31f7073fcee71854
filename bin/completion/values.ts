// Values for a place in a command line: a closed set, or what the placeholder of a flag or an argument stands for.
import { shippedScenarios } from '../load/shipped-scenarios.ts'

/** What a shell is to offer: words with what they mean, and files or folders beside them. */
export interface Offer {
  readonly kind: 'words' | 'files' | 'folders'
  readonly items: readonly Item[]
}

type Item = readonly [word: string, meaning: string]

export interface Wanted {
  /** As help shows it, without brackets: `FILE`, `HOST`, `NAME=IP`. */
  readonly placeholder: string
  readonly choices: readonly string[]
  /** Several may be given, with commas between them. */
  readonly list: boolean
}

/** Those that begin with what was typed. */
export async function valuesOf({ placeholder, choices, list }: Wanted, typed: string): Promise<Offer> {
  const names = placeholder.replace(/\.\.\.$/, '').split('|')
  const kind = names.some((name) => fileNames.includes(name)) ? 'files' : names.includes('DIR') ? 'folders' : 'words'
  const comma = list && choices.length > 0 ? typed.lastIndexOf(',') + 1 : 0
  const before = typed.slice(0, comma)
  const named = before.split(',')
  const closed = choices
    .filter((choice) => !named.includes(choice))
    .map((choice): Item => [`${before}${choice}`, meanings[choice] ?? ''])
  const open = await Promise.all(names.map(async (name) => (await sources[name]?.(typed)) ?? []))
  return { kind, items: [...closed, ...open.flat()].filter(([word]) => word.startsWith(typed)) }
}

const fileNames = ['FILE', 'SCENARIO']

/** Of choices that do not speak for themselves. */
const meanings: Readonly<Record<string, string>> = {
  last: 'the latest run',
  history: 'the runs that were kept',
  en: 'English',
  it: 'Italian',
  sq: 'Albanian',
  uk: 'Ukrainian',
  'zh-CN': 'Chinese, simplified',
  ...Object.fromEntries(shippedScenarios.map(({ name, short }) => [name, short])),
}

/** What is many, or begins in steps, is read only when it is asked for. */
const sources: Readonly<Record<string, (typed: string) => Promise<readonly Item[]>>> = {
  HOST: hosts,
  END: hosts,
  DEFECT: defects,
  PRESET: presets,
  PATTERN: checks,
  async ID(typed) {
    const byName = typed === '' ? [] : [...(await defects()), ...(await behaviours())]
    return [...(await checks(typed)), ...(await requirements(typed)), ...byName]
  },
}

async function hosts(typed: string): Promise<readonly Item[]> {
  const name = '@reference'
  if (!typed.startsWith(`${name}:`)) return [[name, 'the built-in reference server']]
  const { referenceKeys } = await import('../target.ts')
  const start = Math.max(typed.lastIndexOf(','), name.length) + 1
  const [key = '', value] = typed.slice(start).split('=', 2)
  const before = typed.slice(0, start)
  if (value === undefined) return referenceKeys.map((one) => [`${before}${one}=`, ''])
  const values = (await ofReference.get(key)?.()) ?? []
  return values.map(([word, meaning]) => [`${before}${key}=${word}`, meaning])
}

const ofReference: ReadonlyMap<string, () => Promise<readonly Item[]>> = new Map(
  Object.entries({
    defect: defects,
    like: presets,
    async slow() {
      const { pacedStages } = await import('../../reference-server/behaviour/pace.ts')
      return pacedStages.map((stage): Item => [`${stage}+`, ''])
    },
  }),
)

async function defects(): Promise<readonly Item[]> {
  const { knownDefects } = await import('../../reference-server/defects/index.ts')
  return Object.entries(knownDefects).map(([id, { title }]) => [id, title])
}

async function presets(): Promise<readonly Item[]> {
  const { presets } = await import('../../reference-server/presets/index.ts')
  return Object.entries(presets).map(([id, { title }]) => [id, title])
}

async function checks(typed: string): Promise<readonly Item[]> {
  const { knownChecks } = await import('../explain/known-checks.ts')
  const ids = knownChecks().map(({ check }): Item => [check.id, check.title])
  return inSteps(ids, '/', typed)
}

async function requirements(typed: string): Promise<readonly Item[]> {
  const { requirements } = await import('../../catalogue/index.ts')
  const ids = Object.entries(requirements).map(([id, { text }]): Item => [id, text])
  return inSteps(ids, '.', typed)
}

async function behaviours(): Promise<readonly Item[]> {
  const { behaviours } = await import('../../catalogue/behaviours.ts')
  return Object.entries(behaviours).map(([id, { text }]) => [id, text])
}

/** The areas first, and the ids of one once its name stands there. */
function inSteps(ids: readonly Item[], separator: string, typed: string): readonly Item[] {
  if (typed.includes(separator)) return ids
  return [...new Set(ids.map(([id]) => id.split(separator, 1)[0] ?? ''))].map((area) => [`${area}${separator}`, ''])
}
