import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as samples from './golden/samples.ts'
import { renderJunit } from './junit.ts'

const xmllint = spawnSync('xmllint', ['--version']).status === 0
const { conforming, partial, mixed, failing, unreachable, interrupted, nothing, several, huge } = samples
const { load, loadFailing, loadInvalid } = samples
const checked = { conforming, partial, mixed, failing, unreachable, interrupted, nothing, several, huge }
const runs = Object.entries({ ...checked, load, loadFailing, loadInvalid })

describe('the JUnit report', () => {
  for (const [name, result] of Object.entries({ partial, mixed, unreachable, several, 'load-failing': loadFailing })) {
    it(`writes a ${name} run as in the golden file`, async () => {
      await expect(renderJunit(result)).toMatchFileSnapshot(`golden/junit-${name}.xml`)
    })
  }

  it('tells the guesses as properties', () => {
    const xml = renderJunit(failing)
    expect(xml).toContain('<property name="implementation.confidence" value="possible"/>')
    expect(xml).toMatch(/<property name="diagnosis" value="Behaves like a server that accepts every message/)
    expect(renderJunit(mixed)).not.toContain('name="diagnosis"')
  })

  it.skipIf(!xmllint).for(runs)('fits the schema when the run is %s (needs xmllint)', ([, result]) => {
    const folder = mkdtempSync(join(tmpdir(), 'junit-'))
    try {
      const file = join(folder, 'junit.xml')
      writeFileSync(file, renderJunit(result))
      execFileSync('xmllint', ['--huge', '--noout', '--schema', join(import.meta.dirname, 'junit.xsd'), file], {
        stdio: 'pipe',
      })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('counts what it holds', () => {
    const xml = renderJunit(mixed)
    expect(xml.match(/<failure /g)).toHaveLength(4)
    expect(xml.match(/<error /g)).toHaveLength(2)
    expect(xml.match(/<skipped /g)).toHaveLength(7)
    expect(xml).toContain('tests="15" failures="4" errors="2" skipped="7"')
  })

  it('is red for a should only when the gate counts it', () => {
    const strict = { ...mixed, gate: { ...mixed.gate, failOn: 'should' as const } }
    expect(renderJunit(strict).match(/<failure /g)).toHaveLength(5)
  })

  it('drops characters that XML forbids and escapes the others', () => {
    const xml = renderJunit(mixed)
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/)
    expect(xml).toContain('&lt;script&gt;&amp;')
  })

  it('is red for a load run whose exit code is', () => {
    expect(renderJunit(load)).toContain('failures="0" errors="0"')
    expect(renderJunit(loadFailing)).toContain('failures="2" errors="1"')
    expect(renderJunit(loadInvalid)).toContain('failures="0" errors="1" skipped="2"')
  })

  it('is never green for a run without checks', () => {
    expect(renderJunit(unreachable)).toContain('errors="1"')
  })

  // Debian's packages are for its own Python.
  const python = ['/usr/bin/python3', 'python3'].find(
    (name) => spawnSync(name, ['-c', 'import junitparser']).status === 0,
  )
  it.skipIf(python === undefined).for([
    ['conforming', conforming, [3, 0, 0, 0]],
    ['mixed', mixed, [15, 4, 2, 7]],
    ['unreachable', unreachable, [1, 0, 1, 0]],
  ] as const)(
    'is read by junitparser as it was meant when the run is %s (needs python3-junitparser)',
    ([, result, counts]) => {
      const program = [
        'import json, sys, junitparser as j',
        'suites = list(j.JUnitXml.fromstring(sys.stdin.buffer.read()))',
        'cases = [case for suite in suites for case in suite]',
        'of = lambda kind: sum(any(isinstance(each, kind) for each in case.result) for case in cases)',
        'print(json.dumps([[len(cases), of(j.Failure), of(j.Error), of(j.Skipped)], [case.name for case in cases]]))',
      ].join('\n')
      const { stdout, stderr } = spawnSync(python ?? '', ['-c', program], { input: renderJunit(result) })
      expect(String(stderr)).toBe('')
      const [read, names] = JSON.parse(String(stdout))
      expect(read).toEqual(counts)
      if (result === conforming) expect(names).toEqual(conforming.findings.map(({ check }) => check))
    },
  )
})
