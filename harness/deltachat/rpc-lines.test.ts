import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { CoreGone, CoreRefusal } from './core-error.ts'
import { rpcLines } from './rpc-lines.ts'

function scene() {
  const [input, output] = [new PassThrough(), new PassThrough()]
  return { input, output, lines: rpcLines(input, output) }
}

describe('JSON-RPC over lines', () => {
  it('brings answers to their calls, in whatever order and pieces they come', async () => {
    const { input, output, lines } = scene()
    const answers = Promise.all([lines.request('a', [1]), lines.request('b')])
    const [sent] = await once(input, 'data')
    expect(JSON.parse(String(sent).split('\n')[0] ?? '')).toMatchObject({ id: 1, method: 'a', params: [1] })
    const bytes = Buffer.from('{"id":2,"result":"zwei"}\n{"id":1,"result":"Grüße"}\n')
    for (const byte of bytes) output.write(Buffer.from([byte]))
    expect(await answers).toEqual(['Grüße', 'zwei'])
  })

  it('makes a refusal of an error', async () => {
    const { output, lines } = scene()
    const call = lines.request('configure')
    output.write('{"id":1,"error":{"code":-1,"message":"no such host"}}\n')
    await expect(call).rejects.toEqual(new CoreRefusal('configure', 'no such host'))
  })

  it.each([
    ['no JSON', 'hello\n'],
    ['a line without end', 'x'.repeat(17 * 1024 * 1024)],
  ])('ends every call when the other side writes %s', async (_, text) => {
    const { output, lines } = scene()
    const call = lines.request('a')
    output.write(text)
    await expect(call).rejects.toBeInstanceOf(CoreGone)
    await expect(lines.request('b')).rejects.toBeInstanceOf(CoreGone)
  })

  it('passes over answers that nobody asked for', async () => {
    const { output, lines } = scene()
    const call = lines.request('a')
    output.write('{"id":77,"result":1}\n{"method":"event"}\n[]\n{"id":1,"result":2}\n')
    expect(await call).toBe(2)
  })
})
