// A comparison of five, two of which are relays of real parts: the page of a list as its keeper makes it.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { comparison } from '../../harness/result/comparison.ts'
import { startTestbed, whyNoTestbed } from './testbed.ts'

const skip = await whyNoTestbed()
const others = ['@reference', '@reference:defect=accepts-cleartext', '@reference:like=madmail']
const program = [process.execPath, join(import.meta.dirname, '../../bin/chatmail-check.js')]

it.skipIf(skip !== undefined)(
  `compares real relays with presets and a broken one${skip ? ` (${skip})` : ''}`,
  { timeout: 420_000 },
  async () => {
    const work = await mkdtemp(join(tmpdir(), 'five-'))
    const relays = await startTestbed({})
    try {
      const hosts = ['chat-a.test', 'chat-b.test', ...others]
      const flags = ['--ca', join(relays.folder, 'ca.pem'), '--work', join(work, 'work'), '--format', 'html,json']
      const asked = [...program, 'compare', ...hosts, ...flags, '--profile', 'quick', '--out', join(work, 'out')]
      const ended = await relays.enter('env', `XDG_STATE_HOME=${work}`, ...asked)
      expect(ended.code, ended.stderr).toBe(0)
      const page = await readFile(join(work, 'out/comparison.html'), 'utf8')
      expect(page.length).toBeLessThan(1_000_000)
      const { hosts: compared, rows } = comparison.parse(
        JSON.parse(await readFile(join(work, 'out/comparison.json'), 'utf8')),
      )
      expect(compared.map(({ label, state }) => [label, state])).toEqual(
        hosts.toSorted().map((host) => [host, 'checked']),
      )
      const failing = (host: string) =>
        rows.filter(({ cells }) => cells.some((cell) => cell.host === host && cell.word === 'PROBLEM')).length
      expect(['chat-a.test', 'chat-b.test', '@reference'].map(failing)).toEqual([0, 0, 0])
      expect(failing('@reference:defect=accepts-cleartext')).toBeGreaterThan(5)
    } finally {
      await relays.close()
      await rm(work, { recursive: true })
    }
  },
)
