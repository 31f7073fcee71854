// A server process with a data folder is killed again and again under load: what it has answered must be there afterwards.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { armour, encryptedMessage, encryptedPackets } from '../test-mail/encrypted-message.ts'
import type { Started } from './test-child.ts'
import { compare, newLedger } from './test-ledger.ts'
import { changeForEver, login, look, registerForEver, submitForEver } from './test-load.ts'

const kills = 50
const seed = 20_261_121
const [sqlite] = await Promise.allSettled([import('node:sqlite')])

let folder = ''
const children = new Set<ChildProcess>()
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kill-'))
})
afterAll(async () => {
  for (const child of children) await kill(child)
  await rm(folder, { recursive: true })
})

/** The next one loads its modules while the one before it is at work. */
async function loaded(): Promise<ChildProcess> {
  const child = fork(new URL('./test-child.ts', import.meta.url), {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  children.add(child)
  await once(child, 'message')
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  children.delete(child)
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

/** From 0 to below 1, the same row each time (mulberry32). */
function createRandom(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

it.skipIf(sqlite?.status === 'rejected')(
  `keeps every answered message once, and every account, over ${kills} kills`,
  { timeout: 180_000 },
  async () => {
    const random = createRandom(seed)
    const payload = armour(encryptedPackets())
    const mail = (from: string, mark: string) =>
      encryptedMessage({ from, subject: '[...]', messageId: `<${mark}@localhost>`, payload })
    const body = mail('', '').slice(mail('', '').indexOf('\r\n\r\n'))
    const ledgers = ['alicealic', 'bobbobbob', 'carolcaro', 'davedaved'].map((name) =>
      newLedger(`${name}@chat.test`, `password-of-${name}`),
    )
    const [alice, bob, carol, dave] = ledgers as [
      (typeof ledgers)[0],
      (typeof ledgers)[0],
      (typeof ledgers)[0],
      (typeof ledgers)[0],
    ]
    const registered: typeof ledgers = []
    let marks = 0
    const newMark = () => `mark-${++marks}`
    let names = 0
    const nextAccount = () => newLedger(`n${String(++names).padStart(8, '0')}@chat.test`, `password-${names}`)
    let answered = 0
    let next = loaded()

    for (let round = 0; round <= kills; round++) {
      const child = await next
      child.send({ folder })
      const [started] = (await once(child, 'message')) as [Started]
      const complaints: string[] = []
      for (const ledger of ledgers) {
        const highest = Math.max(0, ...ledger.uids.keys())
        const inbox = await look(started, ledger)
        if (inbox.uidNext <= highest) complaints.push(`UIDNEXT ${inbox.uidNext} after UID ${highest}`)
        complaints.push(...compare(ledger, inbox, () => body))
      }
      const fresh = round === kills ? registered : registered.slice(-3)
      for (const ledger of fresh) (await login(started, ledger)).close()
      expect(complaints, `after kill ${round} with seed ${seed}`).toEqual([])
      if (round === kills) {
        await kill(child)
        break
      }
      next = loaded()
      const load = Promise.allSettled([
        submitForEver(started, alice, [bob, carol, dave], newMark, mail),
        submitForEver(started, bob, [alice, dave], newMark, mail),
        changeForEver(started, carol, newMark, mail, random),
        changeForEver(started, dave, newMark, mail, random),
        registerForEver(started, registered, nextAccount),
      ])
      await new Promise((resolve) => setTimeout(resolve, 30 + random() * 150))
      await kill(child)
      await load
      answered = ledgers.reduce((sum, { sure, gone }) => sum + sure.size + gone.size, 0)
    }
    // The load was one: else all this shows nothing.
    expect(answered).toBeGreaterThan(kills * 5)
    expect(registered.length).toBeGreaterThan(kills)
  },
)
