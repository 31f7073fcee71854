// `load export` of the scenario with two servers: from one relay of real parts to another, over a stand-in for k6.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startTestbed, whyNoTestbed } from './testbed.ts'

const skip = await whyNoTestbed()
const at = (path: string) => join(import.meta.dirname, '../..', path)
const hosts = ['chat-a.test', 'chat-b.test']

it.skipIf(skip !== undefined)(
  `an exported run takes mail from one real relay to another${skip ? ` (${skip})` : ''}`,
  { timeout: 200_000 },
  async () => {
    const work = await mkdtemp(join(tmpdir(), 'federation-export-'))
    const relays = await startTestbed({})
    try {
      const ca = join(relays.folder, 'ca.pem')
      const out = join(work, 'out')
      const consent = hosts.flatMap((host) => ['--i-operate', host])
      const size = ['--rate', '3', '--duration', '8s', '-e', 'MESSAGES=2', '-e', 'EVERY=500']
      const held = ['messages_received:count>20', 'messages_lost:count==0', 'delivery_failed:rate==0']
      const judged = held.flatMap((threshold) => ['--threshold', threshold])
      const exported = await relays.enter(
        ...['env', `XDG_STATE_HOME=${work}`, process.execPath, at('bin/chatmail-check.js'), 'load', 'export'],
        ...['federation', ...hosts, ...consent, '--ca', ca, ...size, ...judged, '--k6', out],
      )
      expect(exported.code, exported.stderr).toBe(0)
      const run = () =>
        relays.enter(
          ...['env', '--chdir', out, `SSL_CERT_FILE=${ca}`, process.execPath, at('harness/load/k6/test-k6-program.ts')],
          ...['run', '-e', `I_OPERATE=${hosts.join()}`, 'script.js'],
        )
      expect(await run()).toMatchObject({ code: 0 })
      // The exit code says something: the same with more than was sent.
      const script = join(out, 'script.js')
      await writeFile(script, (await readFile(script, 'utf8')).replaceAll('count>20', 'count>2000'))
      expect(await run()).toMatchObject({ code: 99 })
    } finally {
      await relays.close()
      await rm(work, { recursive: true })
    }
  },
)
