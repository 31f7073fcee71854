// How many messages a second this machine can drive: the same threads and clients as in the run, against a server that does next
// to nothing. Used by the run, for its validity.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { createAuthority } from '../../peer/authority.ts'
import type { LoadAssets } from '../chatmail/assets.ts'
import { Intake } from '../run/intake.ts'
import { ThreadHandle } from '../run/thread-handle.ts'
import { readOptions } from '../schedule/scenario-options.ts'
import type { Segment } from '../schedule/segment.ts'
import { timeNow } from '../thread/clock.ts'
import type { SinkPorts, SinkStart } from './sink.ts'

/** Virtual users of a thread: enough that it never waits. */
const usersOfThread = 8
/** Milliseconds: until code is compiled, and of the measure. */
const warmUp = 700
const measured = 1_500

export interface CalibrationOptions {
  readonly threads: number
  /** Messages of one session, for a session costs more than a message. */
  readonly perSession: number
  readonly pool: LoadAssets['pool']
}

/** Messages a second, from sender to receiver. Throws ThreadFailed. */
export async function calibrate({ threads, perSession, pool }: CalibrationOptions): Promise<number> {
  const sink = await startSink()
  const intake = new Intake(threads)
  let heard = 0
  const lengths = Array.from({ length: threads }, () => 1)
  const handles = lengths.map((_, index) => {
    const segment: Segment = { lengths, index }
    const env = { MESSAGES: String(perSession) }
    return new ThreadHandle({ url: sibling('flood'), env, segment }, (message) => {
      if (message.kind !== 'batch') return
      intake.take(index, message.batch)
      heard = timeNow()
    })
  })
  try {
    const [first] = await Promise.all(handles.map((handle) => handle.hear('loaded')))
    const users = threads * usersOfThread
    const { plans, tags } = readOptions(first?.options)
    const all = plans.map((plan) => ({ ...plan, vus: users }))
    const assets = assetsOf(sink.ports, pool, 2 * users)
    for (const handle of handles) handle.tell({ kind: 'prepare', plans: all, tags, assets, vus: usersOfThread })
    await Promise.all(handles.map((handle) => handle.hear('ready')))
    const at = timeNow()
    for (const handle of handles) handle.tell({ kind: 'begin', at, setupData: undefined })
    const failed = Promise.race(handles.map((handle) => handle.failed))
    const arrived = () => {
      const received = intake.registry.get('messages_received')?.sink
      return { at: heard, count: received?.kind === 'counter' ? received.total : 0 }
    }
    await Promise.race([pause(warmUp), failed])
    const from = arrived()
    await Promise.race([pause(measured), failed])
    const to = arrived()
    return (to.count - from.count) / ((to.at - from.at) / 1_000)
  } finally {
    await Promise.all([...handles.map((handle) => handle.end()), sink.close()])
  }
}

async function startSink(): Promise<{ ports: SinkPorts; close(): Promise<unknown> }> {
  const authority = await createAuthority()
  const start: SinkStart = await authority.issue('self', 'sink')
  const worker = new Worker(new URL(sibling('sink')), {
    workerData: start,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  const [ports] = (await once(worker, 'message')) as [SinkPorts]
  return { ports, close: () => worker.terminate() }
}

function assetsOf(ports: SinkPorts, pool: LoadAssets['pool'], accounts: number): LoadAssets {
  // It makes no accounts.
  const any = { value: 9, from: 'default' } as const
  const endpoint = { name: 'sink', address: '127.0.0.1', security: 'tls' } as const
  return {
    runId: 'calibration',
    servers: [
      {
        domain: 'sink',
        submission: { ...endpoint, service: 'submissions', port: ports.submission },
        imap: { ...endpoint, service: 'imaps', port: ports.imap },
        trust: { mode: 'presented' },
      },
    ],
    timing: { connect: 5_000, reply: 5_000, arrival: 5_000 },
    consent: { addresses: [] },
    policy: { localpartMin: any, localpartMax: any, passwordMin: any },
    accountsPerUser: 2,
    accounts: Array.from({ length: accounts }, (_, n) => ({ address: `a${n}@sink`, password: 'any', server: 0 })),
    pool,
    attachments: {},
  }
}

function sibling(name: string): string {
  const here = import.meta.url
  return new URL(`./${name}.${here.endsWith('.ts') ? 'ts' : 'js'}`, here).href
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
