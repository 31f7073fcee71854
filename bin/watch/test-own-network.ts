// Runs in a network namespace of its own: two relays are watched, and then the network of the watch goes away. For watch.test.ts.
import { execFileSync } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { main } from '../main.ts'
import { openWorld } from './test-world.ts'

const lo = (state: 'up' | 'down') => execFileSync('ip', ['link', 'set', 'lo', state])

lo('up')
await using world = await openWorld()
await world.serve('a.test', '127.0.0.1')
await world.serve('b.test', '127.0.0.2')
const signals = new EventEmitter()
let out = ''
const times = (words: RegExp) => out.match(new RegExp(words, 'g'))?.length ?? 0
const until = async (words: RegExp, wanted: number) => {
  for (let n = 0; n < 400 && times(words) < wanted; n++) await delay(100)
  if (times(words) < wanted) throw new Error(`never ${words}: ${out}`)
}
const operated = ['a.test', 'b.test'].flatMap((host) => ['--i-operate', host])
const places = ['--dns', world.dns, '--ca', world.ca, '--folder', join(world.folder, 'watch')]
const done = main(['watch', 'a.test', 'b.test', '--every', '1s', '--full', 'never', ...operated, ...places], {
  stdout: { write: (text) => (out += text) },
  stderr: { write: (text) => (out += text) },
  env: { XDG_STATE_HOME: join(world.folder, 'state') },
  cwd: world.folder,
  signals,
  exit: (code) => {
    throw new Error(`exit ${code}`)
  },
})
await until(/test {2}arrives/, 4)
lo('down')
await until(/test {2}not judged/, 1)
lo('up')
const before = times(/test {2}arrives/)
await until(/test {2}arrives/, before + 4)
signals.emit('SIGINT')
await done
process.stdout.write(out)
