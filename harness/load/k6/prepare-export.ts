// What an exported script has to bring: what the file and the flags order, accounts for the most virtual users there can be, and the
// messages. Used by `load export`.
import type { Host } from '../../host/host.ts'
import type { LoadAssets, PoolMessage } from '../chatmail/assets.ts'
import type { Consent } from '../chatmail/consent.ts'
import type { LoadFlags } from '../run/flags.ts'
import { inTime } from '../run/in-time.ts'
import { Intake } from '../run/intake.ts'
import { numbersOfVus } from '../run/needed-vus.ts'
import { type LoadedFile, type Order, orderOf } from '../run/order.ts'
import { prepareAssets } from '../run/prepare-assets.ts'
import { ThreadHandle } from '../run/thread-handle.ts'
import { wholeRun } from '../schedule/segment.ts'
import { readThresholds } from '../thresholds/thresholds.ts'
import type { WrittenAssets, WrittenMessage } from './settings.ts'

export interface ExportOptions {
  /** Of the scenario file. */
  readonly url: string
  readonly host: Host
  readonly peer?: Host
  readonly consent: Consent
  readonly flags: LoadFlags
  readonly env: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  readonly say: (text: string) => void
  /** Before accounts are made. */
  readonly onAccounts: (accounts: number, virtualUsers: number) => void
}

export interface PreparedExport {
  readonly file: LoadedFile
  readonly order: Order
  /** Undefined for a scenario that does not use chatmail. */
  readonly assets: WrittenAssets | undefined
}

const slowestReading = 60_000

/** Throws OptionsError, ThresholdError, ThreadFailed, ConsentMissing, AccountsMissing. */
export async function prepareExport(options: ExportOptions): Promise<PreparedExport> {
  const { file, order } = await readFile(options)
  const { needs } = file
  if (needs === undefined) return { file, order, assets: undefined }
  const users = numbersOfVus(order.plans, [wholeRun])
  options.onAccounts(users.length * needs.accounts, users.length)
  return { file, order, assets: written(await prepareAssets(options, needs, users)) }
}

async function readFile({ url, env, flags }: ExportOptions): Promise<{ file: LoadedFile; order: Order }> {
  const intake = new Intake(1)
  const thread = new ThreadHandle({ url, env, segment: wholeRun }, (message) => {
    if (message.kind === 'batch') intake.take(0, message.batch)
  })
  try {
    const file = await inTime(thread.hear('loaded'), slowestReading, 'reading the scenario file')
    const order = orderOf(file, flags)
    readThresholds(order.thresholds, intake.registry)
    return { file, order }
  } finally {
    await thread.end()
  }
}

function written({ runId: _runId, pool, attachments, servers, ...rest }: LoadAssets): WrittenAssets {
  const bodies = Object.entries(attachments).map(([name, messages]) => [name, messages.map(writtenMessage)] as const)
  return {
    ...rest,
    // Whom to trust is told to k6 in its own way.
    servers: servers.map((server) => ({ ...server, trust: { mode: server.trust.mode } })),
    pool: pool.map(writtenMessage),
    attachments: Object.fromEntries(bodies),
  }
}

function writtenMessage({ fields, body, payload }: PoolMessage): WrittenMessage {
  const base64 = (octets: Uint8Array) => Buffer.from(octets).toString('base64')
  return { fields, body: base64(body), payload: base64(payload) }
}
