// A Chromium without a window, told what to do by the DevTools protocol over its pipe. Used by browser.test.ts alone.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'

export interface Visit {
  /** Every address that was asked for, the page itself first. */
  readonly requests: readonly string[]
  /** What stands in the console: errors, warnings, what the page's own policy forbade. */
  readonly complaints: readonly string[]
}

export interface View {
  readonly width: number
  readonly height: number
  readonly scheme?: 'light' | 'dark'
  /** As on paper. */
  readonly print?: boolean
}

export interface Browser {
  visit(url: string, view: View): Promise<Visit>
  /** The same page, looked at in another way. */
  look(view: View): Promise<void>
  /** The key that leads to the next thing. */
  pressTab(): Promise<void>
  /** The value of an expression in the page; of a promise, what it becomes. */
  evaluate(expression: string): Promise<unknown>
  close(): Promise<void>
}

type Fields = Record<string, unknown>

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: Fields
  readonly result?: Fields
  readonly error?: { readonly message: string }
}

/** No question to its makers, no welcome, and no name that leads anywhere. */
const quiet = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND',
]

/** https://chromedevtools.github.io/devtools-protocol/: messages are JSON, each ended by a NUL, on descriptors 3 and 4. */
export async function openBrowser(program: string, profile: string): Promise<Browser> {
  const flags = [...quiet, '--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${profile}`]
  const child = spawn(program, [...flags, '--remote-debugging-pipe', 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  })
  const pipe = new Pipe(child)
  const { targetId } = await pipe.call('Target.createTarget', { url: 'about:blank' })
  const { sessionId } = await pipe.call('Target.attachToTarget', { targetId, flatten: true })
  const call = (method: string, params: Fields = {}): Promise<Fields> => pipe.call(method, params, String(sessionId))
  for (const domain of ['Page', 'Network', 'Log', 'Runtime']) await call(`${domain}.enable`)
  const look = async ({ width, height, scheme = 'light', print = false }: View): Promise<void> => {
    await call('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: true })
    await call('Emulation.setEmulatedMedia', {
      media: print ? 'print' : '',
      features: [{ name: 'prefers-color-scheme', value: scheme }],
    })
  }
  return {
    look,
    async pressTab() {
      const key = { key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 }
      await call('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key })
      await call('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
    },
    async visit(url, view) {
      await look(view)
      const events = pipe.listen()
      await call('Page.navigate', { url })
      await pipe.until('Page.loadEventFired', events)
      // What a page does after it has loaded, it does soon.
      await new Promise((resolve) => setTimeout(resolve, 100))
      return { requests: requestsIn(events), complaints: complaintsIn(events) }
    },
    async evaluate(expression) {
      const { result, exceptionDetails } = await call('Runtime.evaluate', { expression, awaitPromise: true })
      if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails))
      return (result as Fields).value
    },
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      await pipe.call('Browser.close', {}).catch(() => child.kill('SIGKILL'))
      await exited
    },
  }
}

function requestsIn(events: readonly Message[]): string[] {
  return events
    .filter(({ method }) => method === 'Network.requestWillBeSent')
    .map(({ params }) => String((params?.request as Fields | undefined)?.url))
}

function complaintsIn(events: readonly Message[]): string[] {
  const complaining = ['Log.entryAdded', 'Runtime.consoleAPICalled', 'Runtime.exceptionThrown']
  return events.filter(({ method }) => complaining.includes(method ?? '')).map(({ params }) => JSON.stringify(params))
}

/** Longer than any answer takes on a busy machine. */
const patience = 30_000

class Pipe {
  readonly #out: Writable
  readonly #waiting = new Map<number, (message: Message) => void>()
  #events: Message[] = []
  #next = 1
  #rest = ''

  constructor(child: ChildProcess) {
    this.#out = child.stdio[3] as Writable
    const incoming = child.stdio[4] as Readable
    incoming.setEncoding('utf8').on('data', (text: string) => this.#read(text))
    // A browser that dies leaves its calls unanswered; they end by their own time limit.
    this.#out.on('error', () => undefined)
  }

  async call(method: string, params: Fields, sessionId?: string): Promise<Fields> {
    const id = this.#next++
    const answer = new Promise<Message>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${method}: no answer of the browser`)), patience)
      this.#waiting.set(id, (message) => {
        clearTimeout(timer)
        resolve(message)
      })
    })
    this.#out.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
    const { result, error } = await answer
    if (error) throw new Error(`${method}: ${error.message}`)
    return result ?? {}
  }

  /** A list that grows with what happens from now on. */
  listen(): readonly Message[] {
    this.#events = []
    return this.#events
  }

  async until(method: string, events: readonly Message[]): Promise<void> {
    const deadline = Date.now() + patience
    while (!events.some((event) => event.method === method)) {
      if (Date.now() > deadline) throw new Error(`${method}: never happened`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  #read(text: string): void {
    const messages = (this.#rest + text).split('\0')
    this.#rest = messages.pop() ?? ''
    for (const each of messages) {
      const message = JSON.parse(each) as Message
      if (message.id === undefined) this.#events.push(message)
      else this.#waiting.get(message.id)?.(message)
    }
  }
}
