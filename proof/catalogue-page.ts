// Writes docs/catalogue.md (`npm run catalogue`): every requirement with its reasons, checks, fixes and defects, by area, and
// what of the behaviour list is covered. A test holds the page to be up to date.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { conditionsOf, type KnownCheck, knownChecks } from '../bin/explain/known-checks.ts'
import { fixesOf } from '../bin/explain/requirement.ts'
import { behaviours } from '../catalogue/behaviours.ts'
import { glossary } from '../catalogue/glossary.ts'
import { requirements } from '../catalogue/index.ts'
import type { Requirement } from '../catalogue/types.ts'
import { bases, levels, placeholders } from '../catalogue/words.ts'
import { defects } from '../reference-server/defects/index.ts'
import type { Defect } from '../reference-server/defects/types.ts'

export const cataloguePath = join(import.meta.dirname, '../docs/catalogue.md')

const all: Readonly<Record<string, Defect>> = defects

export async function writeCatalogue(): Promise<number> {
  await writeFile(cataloguePath, cataloguePage())
  console.log(`catalogue   ${Object.keys(requirements).length} requirements`)
  return 0
}

export function cataloguePage(): string {
  const entries = Object.entries(requirements)
  const names = [...new Set(entries.map(([id]) => areaOf(id)))]
  const areas = names.map((area) => [area, entries.filter(([id]) => areaOf(id) === area)] as const)
  const checks = knownChecks()
  const lines = [
    '# Catalogue',
    '',
    'What `chatmail-check` asks of a server, area by area. Written by `npm run catalogue`; `chatmail-check explain ID` tells the',
    'same of any id. A **requirement** is one testable sentence; **checks** verify it; **defects** are the ways in which the',
    'built-in reference server can be broken, which show that the checks notice.',
    '',
    ...Object.entries(levels).map(([level, meaning]) => `- **${level}**: ${meaning}`),
    '',
    `In fixes ${Object.entries(placeholders)
      .map(([name, meaning]) => `\`${name}\` is ${meaning}`)
      .join(', ')}.`,
    '',
    '| area | must | should | may | checks |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...areas.map(([area, entries]) => areaRow(area, entries, checks)),
    '',
    ...areas.flatMap(([area, entries]) => areaSection(area, entries, checks)),
    ...behaviourTable(),
    '',
    '## Words',
    '',
    ...Object.entries(glossary).map(([word, meaning]) => `- **${escaped(word)}**: ${escaped(meaning)}`),
  ]
  return `${lines.join('\n')}\n`
}

const areaOf = (id: string): string => id.slice(0, id.indexOf('.'))

type Entry = readonly [string, Requirement]

function areaRow(area: string, entries: readonly Entry[], checks: readonly KnownCheck[]): string {
  const count = (level: string) => entries.filter(([, requirement]) => requirement.level === level).length
  const tested = checks.filter(({ check }) => check.id.startsWith(`${area}/`)).length
  return `| [${area}](#${area}) | ${count('must')} | ${count('should')} | ${count('may')} | ${tested} |`
}

function areaSection(area: string, entries: readonly Entry[], checks: readonly KnownCheck[]): readonly string[] {
  /** Where a set of fixes stands for the first time. */
  const told = new Map<string, string>()
  return [
    `## ${area}`,
    '',
    ...entries.flatMap(([id, requirement]) => {
      const fixes = fixesOf(requirement).map(escaped)
      const before = told.get(fixes.join('\n'))
      if (before === undefined) told.set(fixes.join('\n'), id)
      return [
        `### ${id}`,
        '',
        `**${requirement.level}**: ${escaped(requirement.text)} ${escaped(requirement.why)}`,
        '',
        `- because ${bases[requirement.basis]}: ${requirement.sources.map(({ title, url }) => (url ? `[${escaped(title)}](${url})` : escaped(title))).join('; ')}`,
        ...checks.filter(({ check }) => check.requirement === id).map(checkLine),
        ...(before === undefined ? fixes.map((fix) => `- fix: ${fix}`) : [`- fix: as for ${before}`]),
        ...defectsLine(id),
        '',
      ]
    }),
  ]
}

function checkLine(known: KnownCheck): string {
  const { check } = known
  const kind = check.observes ? 'observation' : 'check'
  return `- ${kind} \`${check.id}\`: ${escaped(check.title)} (${conditionsOf(known).join('; ')})`
}

function defectsLine(requirement: string): readonly string[] {
  const shown = Object.entries(all).filter(([, { violates }]) => violates === requirement)
  return shown.length === 0 ? [] : [`- defects: ${shown.map(([id]) => `\`${id}\``).join(', ')}`]
}

function behaviourTable(): readonly string[] {
  const covering = (id: string) =>
    Object.entries(requirements)
      .filter(([, { covers }]) => covers?.includes(id))
      .map(([name]) => name)
  return [
    '## The behaviour list',
    '',
    'What deployed relays are seen to do, and which requirement stands for it.',
    '',
    '| id | a relay | covered by |',
    '| --- | --- | --- |',
    ...Object.entries(behaviours).map(([id, { text, untested }]) => {
      const by = untested === undefined ? covering(id).join(', ') : `*untested: ${escaped(untested)}*`
      return `| ${id} | ${escaped(text)} | ${by} |`
    }),
  ]
}

/** So that Markdown shows the characters that are there. */
function escaped(text: string): string {
  return text.replace(/[\\*_<>|[\]`]/g, '\\$&')
}
