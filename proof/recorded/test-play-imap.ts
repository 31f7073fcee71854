// Plays a recorded IMAP dialogue against the reference server, command by command.
import { expect } from 'vitest'
import {
  type ImapClient,
  type ImapIdle,
  type ImapReply,
  type ImapResponse,
  openImap,
} from '../../harness/clients/imap.ts'
import { openSmtp } from '../../harness/clients/smtp.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { endpointOf, type Scene } from './test-scene.ts'
import { spelled, toPattern } from './test-spelling.ts'
import type { ImapCase, Step } from './types.ts'

interface Stage {
  readonly scene: Scene
  readonly recording: ImapCase
  readonly client: ImapClient
  idle?: ImapIdle
  sent: Readonly<Record<string, string>>
}

export async function playImap(scene: Scene, recording: ImapCase): Promise<void> {
  if (recording.dialogue[0]?.client === '(TLS 1.2 handshake)') return refusesOldTls(scene, recording)
  const alpn = recording.port === 'https' ? { alpn: ['imap'] } : {}
  await using client = await openImap({ ...endpointOf(scene.reference.host(), recording.port), ...alpn, raw: true })
  if (recording.port === 'https') expect(client.tls?.alpn, 'the protocol is not echoed').toBe(false)
  const stage: Stage = { scene, recording, client, sent: {} }
  if (recording.login !== undefined) await client.login(scene.me, scene.right)
  if (recording.login === 'selected') await client.select('INBOX')
  for (const step of recording.dialogue) {
    client.events()
    const wanted = scene.wanted(step)
    const { reply, untagged } = await say(stage, step, wanted.says?.length ?? 0)
    expect(reply, step.client).toBe(wanted.reply)
    if (wanted.says !== undefined) expectSaid(stage, untagged, wanted.says, step.client)
  }
}

async function refusesOldTls(scene: Scene, recording: ImapCase): Promise<void> {
  const at = endpointOf(scene.reference.host(), recording.port)
  await expect(openImap({ ...at, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' })).rejects.toThrow(WireError)
}

function expectSaid(
  { scene, client, sent }: Stage,
  said: readonly ImapResponse[],
  wanted: readonly string[],
  about: string,
) {
  const lines = said.map(spelled)
  for (const line of wanted) {
    if (line.startsWith('* CAPABILITY ')) {
      expect([...client.capabilities].sort(), about).toEqual(line.slice(13).toUpperCase().split(' ').sort())
      continue
    }
    const pattern = toPattern(
      scene.fill(line.replace(/\{(sent|from)\}/g, (_, word) => sent[word] ?? '')),
      scene.reference.clock.now(),
    )
    expect(lines.some((one) => pattern.test(one)) ? line : lines, about).toEqual(line)
  }
}

interface Said {
  readonly reply: string
  readonly untagged: readonly ImapResponse[]
}

async function say(stage: Stage, { client: line }: Step, expected: number): Promise<Said> {
  const { client, scene } = stage
  if (line === '(connect)' || line === '(TLS handshake that offers imap)') {
    const { type, code } = client.greeting
    expect(code).toBe('CAPABILITY')
    return { reply: type, untagged: [client.greeting] }
  }
  if (line === 'IDLE') {
    stage.idle = await client.idle()
    return { reply: '+', untagged: [] }
  }
  if (line === 'DONE' && stage.idle !== undefined) return written(await stage.idle.done(), [])
  if (line.startsWith('(ten connections')) return atOnce(stage, line)
  if (line.startsWith('(')) return { reply: '', untagged: await happens(stage, line, expected) }
  const [verb, mechanism, ...login] = scene.fill(line).split(' ')
  if (line === 'STARTTLS') return written(await client.starttls(), [])
  if (line === 'COMPRESS DEFLATE') return written(await client.compress(), [])
  if (verb === 'AUTHENTICATE' && mechanism === 'PLAIN') {
    return written(await client.authenticatePlain(login[0] ?? '', login[1] ?? ''), [])
  }
  const reply = await client.command(scene.fill(line))
  return written(reply, client.events())
}

function written(reply: ImapReply, events: readonly ImapResponse[]): Said {
  return { reply: [reply.status, reply.code].filter(Boolean).join(' '), untagged: [...reply.untagged, ...events] }
}

/** Counts those who get in, and says OK when it is as many as the step says. */
async function atOnce({ scene, recording }: Stage, line: string): Promise<Said> {
  const command = scene.fill(line.slice(line.indexOf('LOGIN')))
  const at = endpointOf(scene.reference.host(), 'imaps')
  const clients = await Promise.all(Array.from({ length: 10 }, () => openImap(at)))
  const replies = await Promise.all(clients.map((client, n) => client.command(command.replace('#', String(n)))))
  for (const client of clients) client.close()
  const [step] = recording.dialogue
  const wanted = step && scene.wanted(step)
  const count = replies.filter(({ status }) => status === 'OK').length
  if (wanted?.chance) expect(count).toBeGreaterThan(0)
  else expect(count).toBe(wanted?.times ?? 1)
  return { reply: 'OK', untagged: [] }
}

/** What comes about without a command of this session. */
async function happens(stage: Stage, line: string, expected: number): Promise<readonly ImapResponse[]> {
  const { scene, client } = stage
  const days = /^\((\d+) days pass\)$/.exec(line)?.[1]
  if (days !== undefined) {
    await scene.reference.clock.advance((Number(days) + 0.01) * 86_400_000)
    await scene.reference.host().powers.expire?.()
  } else if (line === '(mail arrives, dated 2023)') {
    stage.sent = await arrives(scene, { date: new Date('2023-10-15T16:43:21Z') })
    const events: ImapResponse[] = []
    while (events.length < expected) {
      const event = await client.waitFor(() => true, 5_000)
      if (event === undefined) break
      events.push(event)
    }
    return events
  } else if (line === '(a message of 3 kB and one of 556 kB)') {
    await arrives(scene, { size: 200 })
    await arrives(scene, { size: 410_000 })
    await client.command('NOOP')
  } else throw new Error(`what is ${line}`)
  return []
}

/** A message from `{you}`; gives what recordings call `{from}` and `{sent}`. */
async function arrives(scene: Scene, options: { date?: Date; size?: number }): Promise<Record<string, string>> {
  await using smtp = await openSmtp(endpointOf(scene.reference.host(), 'submissions'))
  await smtp.authPlain(scene.you, scene.right)
  const mail = await scene.mail.encrypted(scene.you, scene.me, { profile: 'v1', ...options })
  expect((await smtp.send(mail)).accepted).toBe(true)
  return { from: `<${scene.you}>`, sent: mail.messageId }
}
