// `npm run standalone [-- PLATFORM...]`: standalone programs for all platforms, or those named, in out/.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { buildPrograms } from './build.ts'
import { platforms } from './node-program.ts'

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !platforms.some((platform) => platform === name))
if (unknown.length > 0) {
  console.error(`standalone programs are made for ${platforms.join(' and ')}, not for ${unknown.join(', ')}`)
  process.exitCode = 2
} else {
  const chosen = platforms.filter((platform) => wanted.length === 0 || wanted.includes(platform))
  for (const program of await buildPrograms(chosen, resolve(import.meta.dirname, '../out'))) {
    const bytes = readFileSync(program)
    const digest = createHash('sha256').update(bytes).digest('hex')
    console.log(`${digest}  ${basename(program)}  ${Math.round(bytes.length / 1e6)} MB`)
  }
}
