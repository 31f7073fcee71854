// A stand-in for k6 in tests: runs an exported script over the interface that k6 documents, in a context that has the language and
// nothing of Node, and refuses what its documentation refuses. It is not k6: who schedules iterations, and how fast, is not tried by it.
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

export type MetricKind = 'counter' | 'gauge' | 'rate' | 'trend'

export class Aborted extends Error {}

/** What V8 has and k6's engine has not, or has only lately. */
const notInK6 = `
  for (const name of ['Intl', 'WebAssembly', 'Atomics', 'SharedArrayBuffer', 'FinalizationRegistry', 'WeakRef', 'Iterator'])
    delete globalThis[name]
  for (const name of ['union', 'intersection', 'difference', 'symmetricDifference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom'])
    delete Set.prototype[name]
  for (const [owner, name] of [[Promise, 'try'], [Promise, 'withResolvers'], [Object, 'groupBy'], [Map, 'groupBy'],
    [Array, 'fromAsync'], [Uint8Array, 'fromBase64'], [Uint8Array, 'fromHex'], [RegExp, 'escape'], [Error, 'isError']])
    delete owner[name]
`

/** One virtual user of k6: the script, read for it alone. */
export async function readLikeK6(standIn: StandIn, idInTest: number) {
  const { code } = await transform(standIn.script, { format: 'cjs', target: 'es2022' })
  const samples: Sample[] = []
  const defined = new Map<string, MetricKind>()
  const open = new Set<FakeSocket>()
  const scenario = { startTime: Date.now(), iterationInTest: Math.max(0, idInTest - 1) }
  const test = { marked: false }
  let inInit = true
  let options: { hosts?: Record<string, string>; insecureSkipTLSVerify?: boolean } = {}

  /** What k6 gives only while the script is read, or only afterwards. */
  const demand = (init: boolean, what: string): void => {
    if (inInit !== init) throw new Error(`${what} is not to be had ${init ? 'after' : 'in'} the init context`)
  }

  const metricOf = (kind: MetricKind) =>
    class {
      readonly #name: string
      constructor(name: string) {
        demand(true, `a metric (${name})`)
        if (!/^[a-zA-Z_][a-zA-Z0-9_]{0,127}$/.test(name)) throw new Error(`${name} is no name of a metric`)
        if ((defined.get(name) ?? kind) !== kind) throw new Error(`${name} is there already, as another kind`)
        this.#name = name
        defined.set(name, kind)
      }
      add(value: number | boolean, tags: Record<string, string> = {}): void {
        demand(false, 'a sample')
        if (!Number.isFinite(Number(value))) throw new Error(`${String(value)} is no value of a metric`)
        if (Object.values(tags).some((tag) => typeof tag !== 'string')) throw new Error('a tag is no string')
        samples.push({ metric: this.#name, value: Number(value) })
      }
    }

  class FakeSocket {
    remote_ip: string | undefined
    ready_state: 'disconnected' | 'opening' | 'open' | 'destroyed' = 'disconnected'
    #socket: TLSSocket | undefined
    readonly #handlers: Record<string, (event?: unknown) => void> = {}

    constructor() {
      demand(false, 'a socket')
    }

    /** One handler an event: the last. */
    on(event: string, handler: (event?: unknown) => void): void {
      if (!['connect', 'data', 'close', 'error', 'timeout'].includes(event)) throw new Error(`no such event: ${event}`)
      this.#handlers[event] = handler
    }

    async connect(given: { host: string; port: number; tls: boolean }): Promise<void> {
      const { host, port, tls, ...more } = given
      if (!tls || Object.keys(more).some((key) => key !== 'tags'))
        throw { message: 'options that the bundle never gives' }
      if (this.ready_state !== 'disconnected') throw { message: `the socket is ${this.ready_state}` }
      const place = options.hosts?.[`${host}:${port}`]
      if (place === undefined) throw { message: `${host} would be looked up in DNS` }
      const [, address = '', at] = /^\[?(.*?)\]?:(\d+)$/.exec(place) ?? []
      this.ready_state = 'opening'
      const socket = connect({
        host: address,
        port: Number(at),
        servername: host,
        // The extension offers this, whatever is behind the port.
        ALPNProtocols: ['http/1.1'],
        ca: [...(standIn.ca ?? [])],
        rejectUnauthorized: options.insecureSkipTLSVerify !== true,
      })
      this.#socket = socket
      open.add(this)
      socket.once('close', () => open.delete(this))
      await new Promise<void>((resolve, reject) => {
        socket.once('secureConnect', resolve)
        socket.once('error', ({ message }) => reject({ message }))
        socket.once('close', () => reject({ message: 'closed' }))
      })
      this.remote_ip = socket.remoteAddress
      this.ready_state = 'open'
      this.#handlers.connect?.()
      socket.on('data', (chunk) => {
        for (let from = 0; from < chunk.length; from += readSize) this.#hand(chunk.subarray(from, from + readSize))
      })
      socket.on('error', ({ message }) => this.#handlers.error?.({ message }))
      socket.on('close', () => this.#close())
    }

    /** Octets come in a buffer of the extension's that is larger than they are, and is used again: whoever keeps it, keeps rubbish. */
    #hand(octets: Uint8Array): void {
      const pooled = new Uint8Array(readSize + 16)
      pooled.set(octets, 16)
      this.#handlers.data?.(pooled.subarray(16, 16 + octets.length))
      pooled.fill(0)
    }

    /** Writes that are not awaited may change places. */
    async write(data: string | ArrayBuffer): Promise<void> {
      const octets = typeof data === 'string' ? data : isArrayBuffer(data) ? new Uint8Array(data) : undefined
      if (octets === undefined) throw new TypeError('write takes a string or an ArrayBuffer')
      await new Promise((resolve) => setTimeout(resolve, 3 * Math.random()))
      if (this.#socket?.writable !== true) throw { message: 'no active connection' }
      this.#socket.write(octets)
    }

    destroy(): void {
      this.#socket?.destroy()
      if (this.#socket === undefined) this.#close()
    }

    #close(): void {
      if (this.ready_state === 'destroyed') return
      this.ready_state = 'destroyed'
      this.#handlers.close?.()
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
  const fail = (): void => {
    test.marked = true
  }
  const execution = {
    get vu() {
      demand(false, 'exec.vu')
      return { idInTest }
    },
    get scenario() {
      demand(false, 'exec.scenario')
      return scenario
    },
    test: { abort, fail },
  }
  const get = (url: string) => {
    demand(false, 'k6/http')
    return standIn.get?.(url) ?? { error: 'nothing answers' }
  }
  const modules: Record<string, object> = {
    k6: { check },
    'k6/metrics': {
      Counter: metricOf('counter'),
      Gauge: metricOf('gauge'),
      Rate: metricOf('rate'),
      Trend: metricOf('trend'),
    },
    'k6/execution': { default: execution },
    'k6/data': {
      SharedArray: function shared(_name: string, make: () => unknown[]) {
        demand(true, 'a SharedArray')
        const made = make()
        if (!Array.isArray(made)) throw new Error('a SharedArray is made of an array')
        // Texts are what is shared: whoever takes an element gets a copy of his own.
        const texts = made.map((one) => JSON.stringify(one))
        const shared = { length: texts.length }
        for (const [at, text] of texts.entries()) Object.defineProperty(shared, at, { get: () => JSON.parse(text) })
        return shared
      },
    },
    'k6/http': { default: { get } },
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
    open: (path: string) => {
      demand(true, 'open()')
      const text = standIn.files?.[path]
      if (text === undefined) throw new Error(`there is no file ${path}`)
      return text
    },
    module: { exports },
    exports,
    require: (name: string) => {
      const module = modules[name]
      if (module === undefined) throw new Error(`k6 has no module ${name}`)
      return Object.defineProperty(module, '__esModule', { value: true })
    },
  })
  runInContext(notInK6, context)
  runInContext(code, context)
  inInit = false
  const made = (context.module as { exports: Exported & { options: typeof options } }).exports
  options = made.options
  return { made, samples, defined, scenario, test, openSockets: () => open.size }
}

/** The most octets that the extension hands over at once. */
const readSize = 4_096

/** Of whichever context. */
function isArrayBuffer(value: unknown): value is ArrayBuffer {
  return Object.prototype.toString.call(value) === '[object ArrayBuffer]'
}
