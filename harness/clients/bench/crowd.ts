// Many idling IMAP sessions over TLS, each of its own account, held by one process: by our client, or by imapflow. Forked by the
// bench with --expose-gc; tells what it holds, and ends when its parent does.
import { ourImap, theirImap } from './sessions.ts'
import { ownUsage, type Usage } from './usage.ts'

export interface Wanted {
  readonly client: 'ours' | 'imapflow'
  readonly port: number
  readonly ca: string
  readonly domain: string
  readonly sessions: number
}

/** Memory of this process when a few sessions were open, and when all were; after a collection of garbage. */
export interface Held {
  readonly sessions: number
  readonly before: Usage
  readonly after: Usage
}

const atOnce = 16
/** Until everything is loaded and warm. */
const first = 32

process.once('message', async ({ client, port, ca, domain, sessions }: Wanted) => {
  const held: unknown[] = []
  const open = async (number: number) => {
    const account = { address: `idle${String(number).padStart(5, '0')}@${domain}`, password: 'bench-password-1' }
    if (client === 'ours') {
      const imap = await ourImap({ imaps: port, ca, domain }, account)
      held.push(imap, await imap.idle())
      return
    }
    const imap = await theirImap({ imaps: port, ca, domain }, account)
    held.push(imap)
    // Resolves when IDLE ends.
    void imap.idle()
  }
  let next = 0
  const upTo = async (count: number) => {
    const lane = async () => {
      while (next < count) await open(next++)
    }
    await Promise.all(Array.from({ length: atOnce }, lane))
    await new Promise((resolve) => setTimeout(resolve, 500))
    globalThis.gc?.()
    return ownUsage()
  }
  const before = await upTo(Math.min(first, Math.ceil(sessions / 2)))
  const opened = next
  const after = await upTo(sessions)
  const answer: Held = { sessions: next - opened, before, after }
  process.send?.(answer)
  // Held until the parent has seen what they cost the server.
  process.on('message', () => held.length)
})
process.once('disconnect', () => process.exit(0))
