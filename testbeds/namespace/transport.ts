// chatmail-check itself, as a user runs it: by the name of the server alone, through DNS and standard ports. Run by
// `namespace.sh run`, which names the server; prints one JSON line of the verdicts.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

const launcher = path.join(import.meta.dirname, '..', '..', 'bin', 'chatmail-check.js')
const { READY = '', DOMAIN = '' } = process.env

const folder = await mkdtemp(path.join(tmpdir(), 'transport-'))
try {
  const { caFile } = JSON.parse(await readFile(READY, 'utf8'))
  const child = spawn(
    process.execPath,
    [launcher, DOMAIN, '--ca', caFile, '--only', 'transport/*', '--format', 'json', '--out', folder],
    { stdio: 'ignore', env: { ...process.env, XDG_STATE_HOME: folder } },
  )
  const [exitCode] = await once(child, 'exit')
  const { findings } = JSON.parse(await readFile(path.join(folder, 'result.json'), 'utf8'))
  const verdicts = findings.map(({ check, verdict }: { check: string; verdict: string }) => [check, verdict])
  console.log(JSON.stringify({ exitCode, verdicts: Object.fromEntries(verdicts) }))
} finally {
  await rm(folder, { recursive: true, force: true })
}
