// Holds the plan of the house: reads every import line and says who imports whom against the rules.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** Longest prefix wins. A rule lists what a folder may import of ours; `types:` allows `import type` only. */
const rules: Readonly<Record<string, readonly string[]>> = {
  bin: ['catalogue', 'suites', 'scenarios', 'harness', 'reference-server', 'reports'],
  suites: ['catalogue', 'harness'],
  'suites/encryption/corpus': ['harness'],
  scenarios: [],
  reports: ['catalogue', 'harness/result', 'harness/watch'],
  catalogue: [],
  'harness/wire': [],
  'harness/host': [],
  'harness/result': [],
  'harness/watch': [],
  'harness/clients': ['harness/wire', 'harness/host'],
  'harness/mail': ['harness/wire', 'harness/host'],
  'harness/deltachat': ['harness/host'],
  'harness/peer': ['harness/wire', 'harness/host', 'harness/clients', 'harness/mail'],
  'harness/discovery': ['harness/host', 'harness/clients'],
  'harness/compare': ['harness/result'],
  'harness/diagnosis': ['harness/result'],
  'harness/implementation': ['types:catalogue'],
  'harness/check': [
    'harness/diagnosis',
    'harness/implementation',
    'harness/host',
    'harness/clients',
    'harness/mail',
    'harness/peer',
    'harness/deltachat',
    'harness/result',
    'catalogue',
  ],
  'harness/timeline': [
    'harness/host',
    'harness/clients',
    'harness/mail',
    'harness/check',
    'harness/result',
    'catalogue',
  ],
  'harness/load': ['harness/wire', 'harness/host', 'harness/clients', 'harness/mail', 'harness/peer', 'harness/result'],
  'harness/sampling': ['harness/result'],
  'harness/capacity': ['harness/host', 'harness/clients', 'harness/load', 'harness/sampling', 'harness/result'],
  'harness/clients/bench': ['harness', 'reference-server'],
  'reference-server': ['types:harness/host', 'types:catalogue'],
  proof: ['bin', 'catalogue', 'suites', 'scenarios', 'harness', 'reference-server', 'reports', 'testbeds'],
  testbeds: ['harness'],
  standalone: ['harness/load/k6'],
  site: ['catalogue', 'reports/html'],
}

interface Import {
  readonly from: string
  readonly to: string
  readonly typeOnly: boolean
  readonly outside: string | undefined
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sources(path)
    return entry.name.endsWith('.ts') && !/\.(?:test|nightly)\.ts$|^test-/.test(entry.name) ? [path] : []
  })
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8')
  const found: Import[] = []
  const pattern = /(?:^|\n)\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|import\(\s*'([^']+)'\s*\)/g
  for (const match of text.matchAll(pattern)) {
    const target = match[2] ?? match[3] ?? ''
    const typeOnly = Boolean(match[1])
    if (target.startsWith('.')) {
      found.push({ from: file, to: relative(root, resolve(root, dirname(file), target)), typeOnly, outside: undefined })
    } else found.push({ from: file, to: '', typeOnly, outside: target })
  }
  return found
}

function ruleFor(path: string): string {
  return (
    Object.keys(rules)
      .filter((prefix) => path.startsWith(`${prefix}/`))
      .sort((a, b) => b.length - a.length)[0] ?? ''
  )
}

const folders = [
  'bin',
  'catalogue',
  'suites',
  'scenarios',
  'harness',
  'reference-server',
  'reports',
  'proof',
  'standalone',
  'site',
  'testbeds',
]
const files = folders.filter((folder) => existsSync(join(root, folder))).flatMap(sources)
const imports = files.flatMap(importsOf)

describe('the plan of the house', () => {
  it('lets every folder import only what it may', () => {
    const broken = imports.filter(({ from, to, typeOnly, outside }) => {
      if (outside !== undefined) return false
      const home = ruleFor(from)
      if (ruleFor(to) === home || to.startsWith(`${home}/`)) return false
      return !(rules[home] ?? []).some((allowed) => {
        const folder = allowed.replace(/^types:/, '')
        return (to.startsWith(`${folder}/`) || to === folder) && (typeOnly || !allowed.startsWith('types:'))
      })
    })
    expect(broken.map(({ from, to }) => `${from} -> ${to}`)).toEqual([])
  })

  it('keeps the wire, the catalogue and the schema free of Node', () => {
    const broken = imports.filter(
      ({ from, outside }) => outside?.startsWith('node:') && /^(harness\/(wire|result)|catalogue)\//.test(from),
    )
    expect(broken.map(({ from, outside }) => `${from} -> ${outside}`)).toEqual([])
  })

  it('keeps scenarios portable: k6, chatmail, and files beside them', () => {
    const broken = imports.filter(
      ({ from, outside }) =>
        from.startsWith('scenarios/') &&
        outside !== undefined &&
        !/^(k6(\/(metrics|execution|options))?|chatmail)$/.test(outside),
    )
    expect(broken.map(({ from, outside }) => `${from} -> ${outside}`)).toEqual([])
  })

  it('has no cycles', () => {
    const edges = new Map<string, string[]>()
    for (const { from, to, outside, typeOnly } of imports) {
      if (outside === undefined && !typeOnly) edges.set(from, [...(edges.get(from) ?? []), to])
    }
    const done = new Set<string>()
    const cycles: string[] = []
    const visit = (file: string, path: readonly string[]) => {
      const at = path.indexOf(file)
      if (at >= 0) cycles.push([...path.slice(at), file].join(' -> '))
      if (at >= 0 || done.has(file)) return
      for (const next of edges.get(file) ?? []) visit(next, [...path, file])
      done.add(file)
    }
    for (const file of files) visit(file, [])
    expect(cycles).toEqual([])
  })

  it('lets only the launcher and the start touch process.exit and process.argv', () => {
    const broken = files.filter((file) => {
      if (/^(bin\/start|proof\/(main|worker)|standalone\/main)\.|\/bench\//.test(file)) return false
      return /process\.(exit\(|argv)/.test(readFileSync(join(root, file), 'utf8'))
    })
    expect(broken).toEqual([])
  })

  it('lets only vitest configuration export a default', () => {
    const broken = files.filter((file) => /^export default /m.test(readFileSync(join(root, file), 'utf8')))
    expect(broken).toEqual([])
  })
})
