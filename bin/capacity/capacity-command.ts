// The capacity command from arguments to exit code: opens the host, asks for consent, says what it will cost, searches, keeps and
// renders the result.
import { networkInterfaces } from 'node:os'
import { type CapacityOutcome, runCapacity, usersFor } from '../../harness/capacity/run-capacity.ts'
import { budgetFor } from '../../harness/check/budget.ts'
import { addressKind } from '../../harness/load/chatmail/consent.ts'
import { knownAccounts } from '../../harness/load/run/accounts.ts'
import { endpointsOf } from '../../harness/load/run/prepare-assets.ts'
import type { Sampler } from '../../harness/sampling/open-sampler.ts'
import { CapacityProgress } from '../../reports/capacity-progress.ts'
import { readInputs } from '../check/inputs.ts'
import { type Opened, openTarget } from '../check/open-target.ts'
import { tellRemaining } from '../check/remaining.ts'
import { exitCodes } from '../exit-codes.ts'
import { tellGithub } from '../github-actions.ts'
import { interruptible } from '../interruption.ts'
import { type Io, wantsColor, widthOf } from '../io.ts'
import { keepResult } from '../keep-result.ts'
import { demandWord } from '../load/consent.ts'
import { askOperators, explained } from '../load/open-hosts.ts'
import { readArguments } from '../load/scenarios.ts'
import { type CheckOptions, readOptions } from '../options.ts'
import { tellUnused } from '../reaching-flags.ts'
import { type RawSampleFlags, readSampleFlags, startSampler, watchedBy } from '../sample-flags.ts'
import { parseTarget } from '../target.ts'
import { toolVersion } from '../version.ts'
import { demandFolder } from '../write-folder.ts'
import { recordFile, writeReports } from '../write-reports.ts'
import { type CapacityFlags, type RawCapacityFlags, readCapacityOptions } from './capacity-options.ts'
import { capacityResult } from './capacity-result.ts'

const noRelay = 'No relay named: searching the built-in reference server. This says nothing about yours.'

/** Of a session: at most 43 a minute of one account, of the 60 that relays allow. */
const pace = { messages: 5, every: 700 }

export async function capacityCommand(
  named: string | undefined,
  raw: RawCapacityFlags & RawSampleFlags,
  io: Io,
): Promise<number> {
  const started = new Date()
  const { sample, sampleCommand, board, from, most, step, idle, threads, rateOnly, people, upload, ...common } = raw
  const given = { from, most, step, idle, threads, rateOnly, people, upload }
  const flags = readCapacityOptions(
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  )
  const watching = readSampleFlags({ sample, sampleCommand, board })
  const options = readOptions(common)
  const steady = readArguments(['steady'], io.cwd).scenario
  const target = parseTarget(named ?? '@reference')
  const inputs = await readInputs(options, [target], [], io.cwd)
  const say = (text: string): void => {
    if (!options.quiet) io.stderr.write(`${text}\n`)
  }
  await demandFolder(options.out, io.cwd, '--out')
  if (named === undefined) io.stderr.write(`${noRelay}\n`)
  tellUnused([target], options, io)
  const interruption = interruptible(io, () => io.stderr.write('\nStopping. ^C again stops at once.\n'))
  const { signal } = interruption
  let opened: Opened | undefined
  try {
    if (target.kind === 'host') await demandWord(target.text, options, options.iOperate)
    const reach = { ...inputs, iOperate: inputs.selection.iOperate, budget: budgetFor(inputs.selection) }
    const found = await openTarget(target, options, reach, { io, signal, say })
    if ('error' in found) throw found.error
    opened = found
    await using sampler = await startSampler(watching.source, signal)
    const outcome = await explained(
      search(opened, flags, { url: steady.url, options, sampler, io, say, signal }),
      steady,
    )
    const server = await watchedBy(sampler, watching, (performance.now() - outcome.began) / 1_000)
    const record = capacityResult(outcome, {
      host: opened.host,
      reference: opened.reference,
      sameMachine: isOwn(opened),
      started,
      toolVersion: toolVersion(),
      options: { from: flags.search.from, most: flags.search.most, step: flags.seconds, threads: flags.threads },
      people: flags.people,
      upload: flags.upload,
      server,
    })
    const kept = await keepResult(record, io, say)
    await writeReports(record, options, io)
    await tellGithub(record, recordFile(options, kept), io, options.lang)
    if (!opened.reference) await tellRemaining(opened.host, say)
    return record.gate.exitCode
  } catch (error) {
    // Before there was anything to tell.
    if (signal.aborted) return exitCodes.interrupted
    throw error
  } finally {
    interruption.release()
    await opened?.close()
  }
}

interface SearchContext {
  readonly url: string
  readonly options: CheckOptions
  readonly sampler: Sampler | undefined
  readonly io: Io
  readonly say: (text: string) => void
  readonly signal: AbortSignal
}

async function search({ host }: Opened, flags: CapacityFlags, context: SearchContext): Promise<CapacityOutcome> {
  const { url, options, sampler, io, say, signal } = context
  const consent = await askOperators([host], context)
  const most = 2 * usersFor(flags.search.most, pace)
  const known = await knownAccounts(host, most)
  say(
    `${host.label}: up to ${most} accounts (${known} known from earlier runs), as many as ${flags.search.most} messages a second ` +
      `need; fewer if it gives way before. They are kept and used again. Each rate is tried for ${flags.seconds} s.`,
  )
  const progress = new CapacityProgress({
    write: (text) => io.stderr.write(text),
    live: io.stderr.isTTY === true && io.env.TERM !== 'dumb',
    color: options.color ?? wantsColor(io.stderr, io.env),
    width: widthOf(io.stderr, io.env),
    quiet: options.quiet,
  })
  try {
    return await runCapacity({
      url,
      host,
      consent,
      search: flags.search,
      seconds: flags.seconds,
      pace,
      threads: flags.threads,
      probes: flags.probes,
      sampler,
      signal,
      say,
      onStep: (next, number) => progress.begin(next, number),
      onStepDone: (step) => progress.done(step),
      onMoment: (moment, elapsed, length) => progress.show(moment, elapsed, length),
    })
  } finally {
    progress.clear()
  }
}

function isOwn({ host }: Opened): boolean {
  const own = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address))
  const { imap, submission } = endpointsOf(host)
  return [imap.address, submission.address].some(
    (address) => own.includes(address) || addressKind(address) === 'loopback',
  )
}
