// For the night: whole `list` runs of hosts of four makes and one that was checked too little, from a list, stopped and taken up.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { comparison as comparisonSchema } from '../../harness/result/comparison.ts'
import { runMain } from '../test-main.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'compare-'))
})
afterAll(() => rm(folder, { recursive: true }))

const hosts = [
  '@reference',
  '@reference:defect=accepts-cleartext',
  '@reference:like=madmail',
  '@reference:like=relay-1.12',
]

/** Figures of time differ from run to run, what is said of them must not. */
const timeless = (text: string): string =>
  text.replaceAll(/\d[\d.]* m?s\b/g, 'TIME').replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d/g, 'WHEN')

it('goes on after ^C, and ends with the same table as a comparison that was not stopped', {
  timeout: 3_600_000,
}, async () => {
  await writeFile(join(folder, 'relays.json'), JSON.stringify({ relays: hosts.map((host) => ({ host })) }))
  const quick = ['@reference:variant=3', '--seed', '7', '--format', 'json', '--out', 'quick', '--quiet']
  expect((await runMain(['check', ...quick], { cwd: folder })).exitCode).toBe(0)
  const args = ['compare', 'quick/result.json', '--list', 'relays.json', '--seed', '7', '--format', 'json,md,html']

  const whole = await runMain([...args, '--work', 'whole', '--out', 'at-once'], { cwd: folder })
  expect(whole.exitCode).toBe(0)
  const cut = await runMain([...args, '--work', 'cut', '--out', 'cut'], {
    cwd: folder,
    hear(text, press) {
      // In the middle of the third.
      if (text.includes('(3 of 4)')) setTimeout(press, 3_000)
    },
  })
  expect([cut.exitCode, cut.stderr]).toEqual([130, expect.stringContaining('Stopped after 2 of 4 hosts')])
  const again = await runMain([...args, '--work', 'cut', '--out', 'taken-up'], { cwd: folder })
  expect([again.exitCode, again.stderr.match(/done before/g)?.length]).toEqual([0, 2])

  const read = async (name: string, file: string): Promise<string> => await readFile(join(folder, name, file), 'utf8')
  expect(timeless(await read('taken-up', 'comparison.md'))).toBe(timeless(await read('at-once', 'comparison.md')))
  const { hosts: compared } = comparisonSchema.parse(JSON.parse(await read('taken-up', 'comparison.json')))
  const bandOf = (label: string) => compared.find((host) => host.label === label)?.bands.conformance
  expect(bandOf('@reference:defect=accepts-cleartext')).toMatchObject({ band: 'not met', reasons: [{ kind: 'fails' }] })
  expect(bandOf('@reference:variant=3')).toMatchObject({ band: 'not measured', reasons: [{ kind: 'quick' }] })
  const page = await read('taken-up', 'comparison.html')
  expect(page.match(/class="band /g)).toHaveLength(2 * compared.length)
  expect(page.match(/class="band [a-z]+">[^<]+<\/span><small>[^<]+</g)).toHaveLength(2 * compared.length)
})
