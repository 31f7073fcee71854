// Builds dist/: compiles the sources, copies the scripts that sample servers and that complete in shells, writes the JSON Schemas of the records, and the OpenAPI file of the control. Run by `npm run build` and before packing.
import { spawnSync } from 'node:child_process'
import { copyFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { keepNeededTypes } from './needed-types.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = `${root}dist`

rmSync(dist, { recursive: true, force: true })
const tsc = spawnSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', `${root}tsconfig.build.json`], {
  stdio: 'inherit',
})
if (tsc.status !== 0) {
  process.exitCode = 1
} else {
  copyFileSync(`${root}harness/sampling/sample.sh`, `${dist}/harness/sampling/sample.sh`)
  for (const shell of ['bash', 'zsh', 'fish']) {
    const script = `bin/completion/completion.${shell}`
    copyFileSync(root + script, `${dist}/${script}`)
  }
  keepNeededTypes(root)
  const { z } = await import('zod')
  for (const [module, name] of [
    ['schema', 'result'],
    ['trace', 'trace'],
    ['comparison', 'comparison'],
    ['interleave', 'interleave'],
  ]) {
    const of = await import(pathToFileURL(`${dist}/harness/result/${module}.js`).href)
    const schema = { title: of[`${name}Format`], ...z.toJSONSchema(of[name]) }
    writeFileSync(`${dist}/${name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`)
  }
  const { openApi } = await import(pathToFileURL(`${dist}/reference-server/control/openapi.js`).href)
  writeFileSync(`${dist}/control.openapi.json`, `${JSON.stringify(openApi(), null, 2)}\n`)
}
