// Plays a recorded SMTP dialogue against the reference server, line by line.
import { expect } from 'vitest'
import { openSmtp, type SmtpClient, type SmtpReply } from '../../harness/clients/smtp.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { endpointOf, type Scene } from './test-scene.ts'
import type { SmtpCase, Step } from './types.ts'

export async function playSmtp(scene: Scene, recording: SmtpCase): Promise<void> {
  if (recording.dialogue[0]?.client === '(TLS 1.2 handshake)') return refusesOldTls(scene, recording)
  const open = async () => {
    const at = endpointOf(scene.reference.host(), recording.port)
    const alpn = recording.port === 'https' ? { alpn: ['smtp'] } : {}
    const client = await openSmtp({ ...at, ...alpn, timing: { ...at.timing, reply: 15_000 }, raw: true })
    if (recording.port === 'https') expect(client.tls?.alpn, 'the protocol is not echoed').toBe(false)
    if (recording.ehlo !== null) await client.ehlo(recording.ehlo)
    if (recording.login) await client.authPlain(scene.me, scene.right)
    return client
  }
  let client = await open()
  try {
    for (const step of recording.dialogue) {
      if (step.client === '(connect and log in again)') {
        client.close()
        client = await open()
        continue
      }
      await playStep(scene, client, step)
    }
  } finally {
    client.close()
  }
}

async function refusesOldTls(scene: Scene, recording: SmtpCase): Promise<void> {
  const at = endpointOf(scene.reference.host(), recording.port)
  await expect(openSmtp({ ...at, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' })).rejects.toThrow(WireError)
}

async function playStep(scene: Scene, client: SmtpClient, step: Step): Promise<void> {
  const wanted = scene.wanted(step)
  for (let n = 0; n < (wanted.times ?? 1); n++) {
    const about = `${step.client}${n > 0 ? ` (${n + 1})` : ''}`
    const { reply, text } = await say(scene, client, step.client, wanted.reply)
    expect(reply, about).toBe(wanted.reply)
    if (wanted.text !== undefined) expect(text, about).toContain(scene.fill(wanted.text))
    if (wanted.says !== undefined) {
      const words = [...client.extensions].map(([word, parameters]) => `${word} ${parameters}`.trim())
      expect(words.sort(), about).toEqual([...wanted.says].sort())
    }
  }
}

/** The reply in the form of the recordings: as much of it as they tell. */
async function say(
  scene: Scene,
  client: SmtpClient,
  line: string,
  wanted: string,
): Promise<{ reply: string; text: string }> {
  const [verb = '', ...rest] = line.split(' ')
  if (line === '(wait)') {
    const end = await client.waitForEnd()
    return { reply: end.code, text: '' }
  }
  const said = await reply(scene, client, line, verb, rest.join(' '))
  return { reply: written(said, wanted), text: said.text }
}

async function reply(scene: Scene, client: SmtpClient, line: string, verb: string, rest: string): Promise<SmtpReply> {
  const words = scene.fill(rest).split(' ')
  if (line === '(connect)' || line === '(TLS handshake that offers smtp)') return client.greeting
  if (verb === 'EHLO') return client.ehlo(rest)
  if (line === 'STARTTLS') return client.starttls()
  if (verb === 'AUTH' && words.length === 3) return client.authPlain(words[1] ?? '', words[2] ?? '')
  if (verb === 'message') return client.body((await scene.message(rest)).bytes)
  if (verb === 'transaction') {
    const { reply } = await client.send(await scene.message(rest))
    if (reply === undefined) throw new Error('the connection ended in the transaction')
    return reply
  }
  return client.command(scene.fill(line))
}

function written({ code, text }: SmtpReply, wanted: string): string {
  const enhanced = /^\d\.\d{1,3}\.\d{1,3}/.exec(text)?.[0]
  return wanted.includes(' ') && enhanced !== undefined ? `${code} ${enhanced}` : String(code)
}
