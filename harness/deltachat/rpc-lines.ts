// JSON-RPC 2.0, a line a message, over the pipes of the core. Every call ends: with its answer, or with the core.
import type { Readable, Writable } from 'node:stream'
import { CoreGone, CoreRefusal } from './core-error.ts'

export interface RpcLines {
  request(method: string, params?: unknown): Promise<unknown>
  notification(method: string, params?: unknown): void
  /** Ends what is pending, and every later call. */
  fail(error: CoreGone): void
}

interface Pending {
  readonly method: string
  resolve(value: unknown): void
  reject(error: Error): void
}

/** Characters of one line; the largest answers we ask for are pages of some hundred lines. */
const longestLine = 16 * 1024 * 1024

export function rpcLines(input: Writable, output: Readable): RpcLines {
  const pending = new Map<number, Pending>()
  let lastId = 0
  let rest: string[] = []
  let length = 0
  let gone: CoreGone | undefined

  const fail = (error: CoreGone) => {
    gone ??= error
    for (const { reject } of pending.values()) reject(gone)
    pending.clear()
  }
  const take = (line: string) => {
    let message: { id?: unknown; result?: unknown; error?: unknown }
    try {
      message = JSON.parse(line)
    } catch (cause) {
      return fail(new CoreGone('Delta Chat core wrote a line that is no JSON', { cause }))
    }
    const call = typeof message.id === 'number' ? pending.get(message.id) : undefined
    if (call === undefined) return
    pending.delete(message.id as number)
    if (message.error === undefined || message.error === null) call.resolve(message.result)
    else call.reject(new CoreRefusal(call.method, textOf(message.error)))
  }

  // Characters may be split over chunks.
  output.setEncoding('utf8')
  output.on('data', (chunk: string) => {
    const lines = chunk.split('\n')
    for (const [at, part] of lines.entries()) {
      rest.push(part)
      length += part.length
      if (length > longestLine) return fail(new CoreGone('Delta Chat core wrote a line without end'))
      if (at === lines.length - 1) return
      const line = rest.join('')
      rest = []
      length = 0
      if (line !== '') take(line)
    }
  })
  output.on('error', (cause) => fail(new CoreGone('cannot read from Delta Chat core', { cause })))
  input.on('error', (cause) => fail(new CoreGone('cannot write to Delta Chat core', { cause })))

  const write = (id: number, method: string, params: unknown) =>
    input.write(`${JSON.stringify({ jsonrpc: '2.0', method, id, params })}\n`)
  return {
    request(method, params) {
      if (gone) return Promise.reject(gone)
      const id = ++lastId
      return new Promise((resolve, reject) => {
        pending.set(id, { method, resolve, reject })
        write(id, method, params)
      })
    },
    notification(method, params) {
      if (!gone) write(0, method, params)
    },
    fail,
  }
}

function textOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string')
    return error.message
  return String(error)
}
