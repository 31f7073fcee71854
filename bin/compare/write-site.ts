// Writes the site of a comparison over the one that is there: each file whole, the index last, and of a relay nothing that is no
// longer true. Files of others in the folder are left alone. Used by the compare command.
import { readdir, rm } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import type { Contender } from '../../harness/compare/compare.ts'
import type { Comparison } from '../../harness/result/comparison.ts'
import type { Result } from '../../harness/result/schema.ts'
import { slugOf } from '../../harness/result/slug.ts'
import { siteFiles } from '../../reports/compare/site.ts'
import type { Language } from '../../reports/language/language.ts'
import { reasonOf } from '../read-file.ts'
import { UsageError } from '../usage-error.ts'
import { writeWhole } from '../write-whole.ts'

/** How many files it has. Throws UsageError when it cannot write. */
export async function writeSite(
  folder: string,
  comparison: Comparison,
  contenders: readonly Contender[],
  language: Language,
): Promise<number> {
  const results = new Map<string, Result>()
  for (const { label, result } of contenders) if (result) results.set(label, result)
  // Rendered before the first is written: an error of ours leaves the old site as it was.
  const files = siteFiles(comparison, results, language)
  try {
    for (const [path, text] of files) await writeWhole(within(folder, path), text)
    for (const { label } of comparison.hosts) await removeOld(folder, `relay/${slugOf(label)}`, files)
  } catch (cause) {
    throw new UsageError(`--site: cannot write to ${folder}: ${reasonOf(cause)}`, undefined, { cause })
  }
  return files.size
}

function within(folder: string, path: string): string {
  const whole = resolve(folder, path)
  if (!whole.startsWith(folder + sep)) throw new Error(`${path} leaves the folder of the site`)
  return whole
}

/** Evidence of an earlier run, and the report of a host that is not to be shown any more. */
async function removeOld(folder: string, relay: string, files: ReadonlyMap<string, string>): Promise<void> {
  const cells = await readdir(join(folder, relay, 'cell')).catch(() => [])
  const ours = [...cells.map((name) => `${relay}/cell/${name}`), `${relay}/report.html`, `${relay}/result.json`]
  for (const path of ours) if (!files.has(path)) await rm(within(folder, path), { force: true })
}
