// Sends a recorded message over submission, and compares what becomes of it with the recording.
import { expect } from 'vitest'
import { openImap } from '../../harness/clients/imap.ts'
import { openSmtp } from '../../harness/clients/smtp.ts'
import { endpointOf, type Scene } from './test-scene.ts'
import type { DeliveryCase } from './types.ts'

export async function playDelivery(scene: Scene, recording: DeliveryCase): Promise<void> {
  const to = scene.fill(recording.to)
  const sent = await scene.mail.encrypted(scene.me, to, {
    profile: 'v1',
    ...(recording.smallMailboxes ? { size: 30_000 } : {}),
    headers: { To: `<${to}>`, ...headersOf(recording.sent) },
  })
  await using smtp = await openSmtp({
    ...endpointOf(scene.reference.host(), 'submissions'),
    ehloName: 'client.example.org',
  })
  await smtp.authPlain(scene.me, scene.right)
  const outcome = await smtp.send(sent)
  expect(outcome.reply?.code).toBe(250)
  const text = await arrived(scene, recording.report === undefined ? scene.you : scene.me)
  const before = fieldsOf(Buffer.from(sent.bytes).toString('latin1'))
  const after = fieldsOf(text)
  for (const field of recording.delivered ?? []) {
    const [name = '', value] = field.split(': ')
    expect(after.get(name.toLowerCase()), name).toBe(value ?? before.get(name.toLowerCase()))
  }
  for (const name of recording.removed ?? []) expect(after.has(name.toLowerCase()), name).toBe(false)
  for (const words of recording.nowhere ?? []) expect(text).not.toContain(words.replace('{client}', '127.0.0.1'))
  for (const words of recording.report ?? []) expect(text).toContain(words.replace('{to}', to))
}

function headersOf(fields: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    fields.map((field) => [field.slice(0, field.indexOf(':')), field.slice(field.indexOf(':') + 2)]),
  )
}

function fieldsOf(message: string): ReadonlyMap<string, string> {
  const head = message.slice(0, message.indexOf('\r\n\r\n')).replace(/\r\n(?=[ \t])/g, '')
  return new Map(
    head.split('\r\n').map((field) => {
      const colon = field.indexOf(':')
      return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()]
    }),
  )
}

/** The first message in the inbox of an account, waited for. */
async function arrived(scene: Scene, address: string): Promise<string> {
  await using imap = await openImap(endpointOf(scene.reference.host(), 'imaps'))
  await imap.login(address, scene.right)
  const { exists } = await imap.select('INBOX')
  if (exists === 0) {
    const idle = await imap.idle()
    await imap.waitFor(({ type }) => type === 'EXISTS', 5_000)
    await idle.done()
  }
  const { messages } = await imap.uidFetch('1:*', '(BODY.PEEK[])')
  expect(messages).toHaveLength(1)
  return Buffer.from(messages[0]?.sections.get('') ?? []).toString('latin1')
}
