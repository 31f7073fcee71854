import { constants, createDeflateRaw, createInflateRaw } from 'node:zlib'
import { expect, test } from 'vitest'
import { openImap } from './imap.ts'
import { type Line, scriptedPeer } from './test-scripted-peer.ts'

const greeting = '* OK [CAPABILITY IMAP4rev1 COMPRESS=DEFLATE] ready\r\n'

/** From here on the peer speaks deflate; `first` leaves in one write with the plain reply. */
function deflating(line: Line, first: string): { send(text: string): void; heard: () => string } {
  const deflate = createDeflateRaw()
  const inflate = createInflateRaw()
  let heard = ''
  let held: Buffer | undefined = Buffer.from('a1 OK DEFLATE active\r\n')
  line.socket.removeAllListeners('data')
  line.socket.pipe(inflate).on('data', (chunk: Buffer) => {
    heard += chunk.toString()
  })
  inflate.on('error', () => {})
  deflate.on('data', (chunk: Buffer) => {
    line.send(held === undefined ? chunk : Buffer.concat([held, chunk]))
    held = undefined
  })
  const send = (text: string) => {
    deflate.write(text)
    deflate.flush(constants.Z_SYNC_FLUSH)
  }
  send(first)
  return { send, heard: () => heard }
}

test('COMPRESS switches both directions, losing nothing that came behind the reply', async () => {
  let session: ReturnType<typeof deflating> | undefined
  await using peer = await scriptedPeer(async (line) => {
    line.send(greeting)
    await line.hear(/COMPRESS DEFLATE\r\n/)
    session = deflating(line, '* 7 EXISTS\r\n')
  })
  await using client = await openImap(peer.options('imap'))
  expect((await client.compress()).status).toBe('OK')
  expect(await client.waitFor(({ type }) => type === 'EXISTS', 300)).toMatchObject({ number: 7 })
  const noop = client.noop()
  session?.send('a2 OK done\r\n')
  expect((await noop).status).toBe('OK')
  await expect.poll(() => session?.heard()).toBe('a2 NOOP\r\n')
})

test('a refused COMPRESS changes nothing', async () => {
  await using peer = await scriptedPeer(async (line) => {
    line.send(greeting)
    await line.hear(/\r\n/)
    line.send('a1 NO not now\r\n')
    await line.hear(/NOOP\r\n/)
    line.send('a2 OK done\r\n')
  })
  await using client = await openImap(peer.options('imap'))
  expect((await client.compress()).status).toBe('NO')
  expect((await client.noop()).status).toBe('OK')
})

test('garbage instead of deflate, and a bomb, end the session with a typed error', async () => {
  for (const [bomb, code] of [
    [false, 'protocol'],
    [true, 'too-long'],
  ] as const) {
    await using peer = await scriptedPeer(async (line) => {
      line.send(greeting)
      await line.hear(/COMPRESS DEFLATE\r\n/)
      if (bomb) deflating(line, '* 1 EXISTS\r\n'.repeat(12_000_000))
      else line.send('a1 OK go\r\n\xff\xff\xff\xff not deflate')
    })
    await using client = await openImap(peer.options('imap', { timing: { connect: 1000, reply: 10_000 } }))
    await client.compress()
    await expect(client.noop()).rejects.toMatchObject({ name: 'WireError', code })
  }
})
