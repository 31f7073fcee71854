// Every scenario that is shipped runs under k6 as it runs here: it has nothing that k6 has not.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { shippedScenarios } from '../bin/load/shipped-scenarios.ts'
import { portabilityProblems } from './portability.ts'

const folder = join(import.meta.dirname, '..', 'scenarios')
const files = readdirSync(folder)

test('every scenario is listed, and there is a file of each', () => {
  expect(files.filter((name) => name.endsWith('.ts')).sort()).toEqual(
    shippedScenarios.map(({ name }) => `${name}.ts`).sort(),
  )
})

test.for(files)('%s is portable', (name) => {
  expect(portabilityProblems(readFileSync(join(folder, name), 'utf8'))).toEqual([])
})

describe('what is not portable is found', () => {
  const good = readFileSync(join(folder, 'steady.ts'), 'utf8')

  test.for([
    ['a module of Node', "import fs from 'node:fs'", 'imports node:fs'],
    ['a module of k6 that is not here', "import http from 'k6/http'", 'imports k6/http'],
    ['a module that is asked for later', "await import('./x.ts')", "imports './x.ts' while it runs"],
    ['a global of Node', 'process.exit()', 'uses process'],
    ['another', "Buffer.from('x')", 'uses Buffer'],
    ['one that browsers have, too', "fetch('https://x.test')", 'uses fetch'],
    ['a global of browsers', 'document.title', 'uses document'],
    ['state of all virtual users', 'globalThis.count = new SharedArrayBuffer(4)', 'uses SharedArrayBuffer'],
    ['sleep', 'sleep(1)', 'uses sleep'],
    ['a loop that waits', 'while (Date.now() < end);', 'waits in a loop'],
    ['code from texts', 'eval(text)', 'uses eval'],
    ['something inside a template', '`\x24{performance.now()}`', 'uses performance'],
  ] as const)('%s', ([, line, problem]) => {
    expect(portabilityProblems(`${good}${line}\n`)).toContain(problem)
  })

  test('a file without a question, or of too many lines', () => {
    expect(portabilityProblems("import { check } from 'k6'\n")).toEqual([
      'does not begin with the question that it answers',
    ])
    expect(portabilityProblems(`${good}${'\n;'.repeat(60)}`)[0]).toMatch(/^has \d+ lines/)
  })

  test('and words in comments and texts are only words', () => {
    expect(
      portabilityProblems(`${good}// fetch and process\nconst a = 'require', b = { fetch: 1 }, c = b.fetch\n`),
    ).toEqual([])
  })
})
