// What a finding asks and why it matters, in the language of the report; English where there is no translation, and it says so.
// Used by the HTML and Markdown reports.
import { requirements } from '../../catalogue/index.ts'
import type { Finding } from '../../harness/result/schema.ts'
import type { Language } from './language.ts'

export interface Told {
  readonly text: string
  /** For want of a translation. */
  readonly fallback: boolean
}

export interface Title extends Told {
  /** The English title of the check, where it is one of several of its requirement and only that is translated. */
  readonly check: string | undefined
}

/** What is told of a check: a finding, or a row of a comparison. */
type Titled = Pick<Finding, 'check' | 'requirement' | 'title' | 'withheld'>

/** Checks have English titles alone: in another language it is their requirement that is told. */
export function titleOf(finding: Titled, { name, catalogue, words }: Language): Title {
  const { check, requirement, title, withheld } = finding
  if (withheld !== undefined) return { text: words.finding.withheldTitle, fallback: false, check: undefined }
  if (name === 'en') return { text: title, fallback: false, check: undefined }
  const translated = catalogue[requirement]
  if (translated === undefined) return { text: title, fallback: true, check: undefined }
  const [id] = check.split('@')
  const namesake = id?.replace('/', '.') === requirement
  return { text: translated.text, fallback: false, check: namesake ? undefined : title }
}

/** The record of another version may give another reason than the one that was translated: then it is told as it is. */
export function whyOf({ requirement, why }: Finding, { name, catalogue }: Language): Told | undefined {
  if (why === undefined || why === '') return undefined
  if (name === 'en') return { text: why, fallback: false }
  const translated = requirements[requirement]?.why === why ? catalogue[requirement] : undefined
  return translated ? { text: translated.why, fallback: false } : { text: why, fallback: true }
}
