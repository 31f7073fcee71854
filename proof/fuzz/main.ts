// `npm run fuzz [-- --seconds N --seed N --only TARGET --save DIR]`: bad octets for every parser of server bytes; exit 1 when
// one of them crashes, hangs, or takes too much time or memory. `--save` keeps the inputs. Nightly with 600 seconds.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fuzz } from './fuzz.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string' },
    only: { type: 'string' },
    save: { type: 'string' },
  },
})
const seconds = Number(values.seconds)
const seed = values.seed === undefined ? Math.floor(Math.random() * 0x7fffffff) : Number(values.seed)
if (!(seconds > 0 && seconds <= 86_400) || !Number.isSafeInteger(seed)) {
  console.error('usage: npm run fuzz -- [--seconds N] [--seed N] [--only TARGET] [--save DIR]')
  process.exitCode = 2
} else {
  console.log(`fuzzing for ${seconds} s, seed ${seed}`)
  const { found, inputs } = await fuzz({ seconds, seed, only: values.only })
  for (const [at, { target, kind, text, input }] of found.entries()) {
    console.log(`\n${target}: ${kind}: ${text}`)
    if (values.save === undefined) console.log(`  input (base64, of ${input.length}): ${input.slice(0, 2_000)}`)
    else {
      const file = join(values.save, `${at}-${target.replace(/\W+/g, '-')}-${kind}`)
      await mkdir(values.save, { recursive: true })
      await writeFile(file, Buffer.from(input, 'base64'))
      console.log(`  input: ${file}`)
    }
  }
  console.log(`${inputs} inputs, ${found.length === 0 ? 'nothing found' : `${found.length} found`}`)
  process.exitCode = found.length === 0 ? 0 : 1
}
