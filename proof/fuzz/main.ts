// `npm run fuzz [-- --seconds N --seed N --only TARGET]`: bad octets for every parser of server bytes; exit 1 when one of
// them crashes, hangs, or takes too much time or memory. Nightly with 600 seconds.
import { parseArgs } from 'node:util'
import { fuzz } from './fuzz.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string' },
    only: { type: 'string' },
  },
})
const seconds = Number(values.seconds)
const seed = values.seed === undefined ? Math.floor(Math.random() * 0x7fffffff) : Number(values.seed)
if (!(seconds > 0 && seconds <= 86_400) || !Number.isSafeInteger(seed)) {
  console.error('usage: npm run fuzz -- [--seconds N] [--seed N] [--only TARGET]')
  process.exitCode = 2
} else {
  console.log(`fuzzing for ${seconds} s, seed ${seed}`)
  const { found, inputs } = await fuzz({ seconds, seed, only: values.only })
  for (const { target, kind, text, input } of found) {
    console.log(`\n${target}: ${kind}: ${text}`)
    console.log(`  input (base64${input.length > 4_000 ? ', cut' : ''}): ${input.slice(0, 4_000)}`)
  }
  console.log(`${inputs} inputs, ${found.length === 0 ? 'nothing found' : `${found.length} found`}`)
  process.exitCode = found.length === 0 ? 0 : 1
}
