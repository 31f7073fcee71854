// The watch command from flags to exit code: opens the journal and everything that a watch has, and lets it run.
import { join } from 'node:path'
import { type CoreBinary, findCore, howToAddCore } from '../../harness/deltachat/binary.ts'
import { unlimitedBudget } from '../../harness/host/defaults.ts'
import { openLanguage } from '../../reports/language/language.ts'
import { printable } from '../../reports/plain-text.ts'
import { openTarget } from '../check/open-target.ts'
import { exitCodes } from '../exit-codes.ts'
import { interruptible } from '../interruption.ts'
import type { Io } from '../io.ts'
import type { RawOptions } from '../options.ts'
import { tellUnused } from '../reaching-flags.ts'
import { readAuthorities } from '../read-file.ts'
import { UsageError } from '../usage-error.ts'
import { demandFolder } from '../write-folder.ts'
import { openJournal } from './journal.ts'
import { type Chat, openChat } from './notify-chat.ts'
import { openPublication, serveFolder } from './publish.ts'
import { runWatch } from './run-watch.ts'
import { readWatchOptions, type WatchOptions } from './watch-options.ts'

export async function watchCommand(hosts: readonly string[], flags: RawOptions, io: Io): Promise<number> {
  const options = readWatchOptions(hosts, flags, io)
  const ca = await readAuthorities(options.options.ca, io.cwd)
  const core = await findCore(io.env, io.cwd)
  if (options.chat !== undefined && core === undefined) {
    throw new UsageError('--notify-chat needs Delta Chat core', `add it: ${howToAddCore}`)
  }
  const say = (text: string): void => void io.stdout.write(`${printable(text)}\n`)
  tellUnused(options.targets, options.options, io)
  await demandFolder(options.folder, io.cwd, '--folder')
  const names = options.targets.map(({ text }) => text)
  const { journal, entries } = await openJournal(options.folder)
  await using _journal = journal
  const publication = await openPublication(
    options.folder,
    names,
    options.textfile,
    await openLanguage(options.options.lang),
  )
  await using server = options.listen && (await serveFolder(options.folder, names, options.listen))
  if (server) say(`page and metrics: http://${options.listen?.address}:${server.port}/ and /metrics`)
  if (entries.length > 0) say(`going on with ${entries.length} entries of ${options.folder}`)
  const interruption = interruptible(io, () => say('Stopping. ^C again stops at once.'))
  const { signal } = interruption
  try {
    const rounds = await runWatch({
      watch: options,
      io,
      ca,
      core,
      signal,
      say,
      journal,
      entries,
      publication,
      openChat: options.chat && (() => openAlertChat(options, ca, core, io, signal)),
    })
    if (!options.once) return exitCodes.ok
    if (signal.aborted) return exitCodes.interrupted
    // For a timer that looks at it.
    if (rounds.some(({ outcome }) => outcome === 'fails')) return 1
    return rounds.some(({ outcome }) => outcome === 'not-judged') ? exitCodes.undecided : exitCodes.ok
  } finally {
    interruption.release()
  }
}

async function openAlertChat(
  { chat, folder, options }: WatchOptions,
  ca: readonly string[],
  binary: CoreBinary | undefined,
  io: Io,
  signal: AbortSignal,
): Promise<Chat> {
  if (chat === undefined || binary === undefined) throw new Error('a chat needs an invitation and a core')
  const { via, invite } = chat
  return await openChat({
    binary,
    folder: join(folder, 'chat'),
    invite,
    signal,
    async via() {
      const inputs = { ca, policy: undefined, iOperate: true, budget: unlimitedBudget }
      const opened = await openTarget(via, options, inputs, { io, signal, say: () => {} })
      if ('error' in opened) throw opened.error
      return opened.host
    },
  })
}
