// What a scenario file may not have, because k6 has it not or because it would stand in the way of other virtual users. Used by
// the test of all scenarios that are shipped.
import { runInNewContext } from 'node:vm'

const mostLines = 80
const modules = /^(?:k6|k6\/(?:metrics|execution|options)|chatmail|\.\.?\/.+)$/

/** Globals that k6 has beside those of the language. */
const ofK6 = ['console', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'open']
/** Of Node and of browsers, also where this Node has them not; and of the language what shares memory or waits. */
const others = [
  'require',
  'module',
  'exports',
  '__dirname',
  '__filename',
  'window',
  'document',
  'XMLHttpRequest',
  'sleep',
]
const sharing = ['SharedArrayBuffer', 'Atomics', 'WebAssembly', 'eval', 'Function']

const ofLanguage: readonly string[] = runInNewContext('Object.getOwnPropertyNames(globalThis)')
const foreign = new Set([
  ...Object.getOwnPropertyNames(globalThis).filter((name) => !ofLanguage.includes(name) && !ofK6.includes(name)),
  ...others,
  ...sharing,
])

/** Each in words; none of a portable file. */
export function portabilityProblems(source: string): readonly string[] {
  const problems: string[] = []
  const lines = source.trimEnd().split('\n').length
  if (lines > mostLines) problems.push(`has ${lines} lines, and more than ${mostLines}`)
  const intro = /^(?:\/\/.*\n)+/.exec(source)?.[0] ?? ''
  if (!intro.includes('?')) problems.push('does not begin with the question that it answers')
  for (const [, from = '', dynamic = ''] of source.matchAll(/\bfrom '([^']+)'|\bimport ?\(([^)]*)\)/g)) {
    if (dynamic !== '') problems.push(`imports ${dynamic} while it runs`)
    else if (!modules.test(from)) problems.push(`imports ${from}`)
  }
  const code = withoutTexts(source)
  const named = new Set([...code.matchAll(/(?<![.\w$])([A-Za-z_$][\w$]*)(?!\s*:[^:])/g)].map(([, name = '']) => name))
  for (const name of named) if (foreign.has(name)) problems.push(`uses ${name}`)
  if (/\bwhile\s*\([^)]*Date\.now/.test(code)) problems.push('waits in a loop')
  return problems
}

/** Comments and texts taken out; what stands in the braces of a template stays. */
function withoutTexts(source: string): string {
  return source
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''")
    .replace(/`[^`]*`/g, (text) => [...text.matchAll(/\$\{([^}]*)\}/g)].map(([, inside]) => `(${inside})`).join(' + '))
}
