// A stand-in for k6 in tests: runs an exported script over the interface that k6 documents, in a context that has the language and
// nothing of Node. It is not k6: who schedules iterations, and how fast, is not tried by it.
import { webcrypto } from 'node:crypto'
import { connect, type TLSSocket } from 'node:tls'
import { createContext, runInContext } from 'node:vm'
import { transform } from 'esbuild'

export interface StandIn {
  readonly script: string
  /** What open() gives, by path. */
  readonly files?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly ca?: readonly string[]
  /** What k6/http answers. */
  readonly get?: (url: string) => object
}

export interface Sample {
  readonly metric: string
  readonly value: number
}

type Exported = Record<string, (data?: unknown) => unknown>

export class Aborted extends Error {}

/** One virtual user of k6: the script, read for it alone. */
export async function readLikeK6(standIn: StandIn, idInTest: number) {
  const { code } = await transform(standIn.script, { format: 'cjs', target: 'es2022' })
  const samples: Sample[] = []
  const defined = new Set<string>()
  const open = new Set<FakeSocket>()
  let options: { hosts?: Record<string, string>; insecureSkipTLSVerify?: boolean } = {}

  class Metric {
    readonly #name: string
    constructor(name: string) {
      this.#name = name
      defined.add(name)
    }
    add(value: number): void {
      samples.push({ metric: this.#name, value })
    }
  }

  class FakeSocket {
    remote_ip: string | undefined
    #socket: TLSSocket | undefined
    readonly #handlers: Record<string, (event?: unknown) => void> = {}

    on(event: string, handler: (event?: unknown) => void): void {
      this.#handlers[event] = handler
    }

    async connect({ host, port }: { host: string; port: number }): Promise<void> {
      const place = options.hosts?.[`${host}:${port}`]
      if (place === undefined) throw { message: `${host} would be looked up in DNS` }
      const [, address = '', at] = /^\[?(.*?)\]?:(\d+)$/.exec(place) ?? []
      const socket = connect({
        host: address,
        port: Number(at),
        servername: host,
        ca: [...(standIn.ca ?? [])],
        rejectUnauthorized: options.insecureSkipTLSVerify !== true,
      })
      this.#socket = socket
      open.add(this)
      socket.once('close', () => open.delete(this))
      await new Promise<void>((resolve, reject) => {
        socket.once('secureConnect', resolve)
        socket.once('error', ({ message }) => reject({ message }))
      })
      this.remote_ip = socket.remoteAddress
      socket.on('data', (chunk) => {
        // Buffers are used again: whoever keeps one, keeps rubbish.
        const pooled = new Uint8Array(chunk)
        this.#handlers.data?.(pooled.buffer)
        pooled.fill(0)
      })
      socket.on('error', ({ message }) => this.#handlers.error?.({ message }))
      socket.on('close', () => this.#handlers.close?.())
    }

    /** Writes that are not awaited may change places. */
    async write(data: string | ArrayBuffer): Promise<void> {
      await new Promise((resolve) => setTimeout(resolve, 3 * Math.random()))
      if (this.#socket?.writable !== true) throw { message: 'no active connection' }
      this.#socket.write(typeof data === 'string' ? data : new Uint8Array(data))
    }

    destroy(): void {
      this.#socket?.destroy()
    }
  }

  const check = (value: unknown, checks: Record<string, (value: unknown) => unknown>): boolean => {
    const held = Object.values(checks).map((holds) => Boolean(holds(value)))
    for (const one of held) samples.push({ metric: 'checks', value: one ? 1 : 0 })
    return held.every(Boolean)
  }
  const abort = (reason: string): never => {
    throw new Aborted(reason)
  }
  const execution = {
    vu: { idInTest },
    test: { abort },
    scenario: { startTime: Date.now(), iterationInTest: idInTest - 1 },
  }
  const modules: Record<string, object> = {
    k6: { check },
    'k6/metrics': { Counter: Metric, Gauge: Metric, Rate: Metric, Trend: Metric },
    'k6/execution': { default: execution, ...execution },
    'k6/data': {
      SharedArray: function shared(_name: string, make: () => unknown[]) {
        // Read only, by index and length: nothing else is promised.
        const made = make()
        return { ...made, length: made.length }
      },
    },
    'k6/http': { default: { get: (url: string) => standIn.get?.(url) ?? { error: 'nothing answers' } } },
    'k6/x/tcp': { Socket: FakeSocket },
  }
  const exports: Exported = {}
  const context = createContext({
    console,
    setTimeout,
    clearTimeout,
    crypto: { getRandomValues: webcrypto.getRandomValues.bind(webcrypto) },
    __ENV: { ...standIn.env },
    __VU: idInTest,
    open: (path: string) => standIn.files?.[path],
    module: { exports },
    exports,
    require: (name: string) => ({ __esModule: true, ...modules[name] }),
  })
  runInContext(code, context)
  const made = (context.module as { exports: Exported & { options: typeof options } }).exports
  options = made.options
  return { made, samples, defined, openSockets: () => open.size }
}
