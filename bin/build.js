// Builds dist/: compiles the sources, copies the scripts that sample servers and that complete in shells, writes the JSON Schemas of a result, of a trace and of a comparison, and the OpenAPI file of the control. Run by `npm run build` and before packing.
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
  const { result, resultFormat } = await import(pathToFileURL(`${dist}/harness/result/schema.js`).href)
  const schema = { title: resultFormat, ...z.toJSONSchema(result) }
  writeFileSync(`${dist}/result.schema.json`, `${JSON.stringify(schema, null, 2)}\n`)
  const { trace, traceFormat } = await import(pathToFileURL(`${dist}/harness/result/trace.js`).href)
  const traceSchema = { title: traceFormat, ...z.toJSONSchema(trace) }
  writeFileSync(`${dist}/trace.schema.json`, `${JSON.stringify(traceSchema, null, 2)}\n`)
  const { comparison, comparisonFormat } = await import(pathToFileURL(`${dist}/harness/result/comparison.js`).href)
  const comparisonSchema = { title: comparisonFormat, ...z.toJSONSchema(comparison) }
  writeFileSync(`${dist}/comparison.schema.json`, `${JSON.stringify(comparisonSchema, null, 2)}\n`)
  const { openApi } = await import(pathToFileURL(`${dist}/reference-server/control/openapi.js`).href)
  writeFileSync(`${dist}/control.openapi.json`, `${JSON.stringify(openApi(), null, 2)}\n`)
}
