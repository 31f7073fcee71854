// Groups and files: many recipients, many octets.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { check } from '../../harness/check/define.ts'
import { equals } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import { draft } from '../../harness/deltachat/delta-chat.ts'
import type { Device } from '../../harness/deltachat/device.ts'
import { arrived, devices, friends, say, taken, text, withCore } from './scene.ts'

/** Enough for a group that is more than a pair, small enough for five leases. */
const groupSize = 5
/** Inside PGP octets are compressed, so they are random; above 140,000 a file is a mail of its own. */
const sizes = { small: 50_000, large: 1_000_000 }

const carriesGroup = check({
  id: 'deltachat/carries-group',
  requirement: 'deltachat.carries-group',
  title: 'brings a message to every member of a group of five',
  profile: 'full',
  needs: { ...withCore, accounts: groupSize, messages: 2 },
  async run(t) {
    const deltachat = await t.deltachat()
    const [owner, ...members] = await devices(t, await t.accounts(groupSize))
    if (!owner) throw new Error('five accounts make five devices')
    const group = await deltachat.group(owner, text(t, 'group'), members)
    const words = text(t, 'to all')
    t.expect('the server takes the message', (await say(owner, group, words)).taken, taken)
    const shown = await Promise.all(members.map((member) => member.message((message) => message.text === words)))
    for (const [at, one] of shown.entries()) t.expect(`the message to member ${at + 1}`, one, arrived)
  },
})

function carriesFile(size: 'small' | 'large') {
  const octets = sizes[size]
  const shown = octets >= 1_000_000 ? `${octets / 1_000_000} MB` : `${octets / 1_000} kB`
  return check({
    id: `deltachat/carries-${size}-file`,
    requirement: 'deltachat.carries-files',
    title: `brings a file of ${shown} to the last octet`,
    profile: 'full',
    needs: { ...withCore, accounts: 2, messages: 2 },
    async run(t) {
      const { deltachat, alice, bob, aliceChat } = await friends(t)
      const { path, content } = await deltachat.randomFile(octets)
      await sendFile(t, { from: alice, to: bob, chat: aliceChat, path, content })
    },
  })
}

/** Sends a file as a document and compares what comes out at the other end. */
export async function sendFile(
  t: CheckContext,
  {
    from,
    to,
    chat,
    path,
    content,
  }: {
    readonly from: Device
    readonly to: Device
    readonly chat: number
    readonly path: string
    readonly content: Buffer
  },
): Promise<void> {
  const words = text(t, 'a file')
  const started = t.now()
  const message = draft({ text: words, file: path, filename: 'file.bin', viewtype: 'File' })
  const { taken: how } = await say(from, chat, () => from.rpc.sendMsg(from.id, chat, message))
  t.expect('the server takes it', how, taken)
  const within = 2 * t.host.timing.arrival
  const got = await to.message((message) => message.text === words && message.downloadState === 'Done', { within })
  t.expect('the message with it', got, arrived)
  if (!got?.message.file) return
  t.measure(`deltachat.file-${content.length}`, `Delta Chat to Delta Chat, ${content.length} octets`, 'ms', [
    got.at - started,
  ])
  t.expect('its SHA-256', sha256(await readFile(got.message.file)), equals(sha256(content)))
}

function sha256(octets: Buffer): string {
  return createHash('sha256').update(octets).digest('hex')
}

export const contentChecks = [carriesGroup, carriesFile('small'), carriesFile('large')]
