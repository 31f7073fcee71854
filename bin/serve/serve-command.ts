// The serve command: starts the reference server, says where it is, and waits for ^C.
import { X509Certificate } from 'node:crypto'
import { resolve } from 'node:path'
import { systemClock } from '../../reference-server/clock.ts'
import type { Reference, ReferenceOptions } from '../../reference-server/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { type Io, wantsColor } from '../io.ts'
import { listenTrouble } from '../listen-trouble.ts'
import { openReference } from '../open-reference.ts'
import { readTextFile } from '../read-file.ts'
import { UsageError } from '../usage-error.ts'
import { openAuthorityFolder } from './authority-folder.ts'
import { openData, passwordSeed } from './data-folder.ts'
import { openControl } from './open-control.ts'
import { openReadyFile, type ReadyFile } from './ready-file.ts'
import { type ReadyRecord, reachable, readyRecord, renderReady } from './ready-record.ts'
import { isLoopback, readServeOptions, type ServeFlags, type ServeOptions } from './serve-options.ts'
import { startAccounts } from './start-accounts.ts'
import { untilStopped } from './until-stopped.ts'

/** For the mail on its way when told to stop. */
const longestFarewellMs = 3_000

/** Ends with 0: ^C is how a server is meant to end. */
export async function serveCommand(flags: ServeFlags, io: Io): Promise<number> {
  const options = readServeOptions(flags)
  const clock = systemClock()
  const storage = options.data === undefined ? undefined : await openData(options.data, io.cwd, clock)
  const flag = storage === undefined ? '--state' : '--data'
  const folder = await openAuthorityFolder(options.data ?? options.state, io.cwd, flag)
  try {
    const readyFile = await openReadyFile(options.readyFile, io.cwd)
    const reference = await start(options, io.cwd, {
      clock,
      storage,
      certificates: folder.saved,
      dkimKeys: folder.dkimKeys,
    })
    const ending = untilStopped(io, options.exitWithStdin)
    let control: Awaited<ReturnType<typeof openControl>>
    try {
      await folder.save(reference.ca, reference.certificates)
      const seed = options.seed ?? (storage === undefined ? undefined : passwordSeed(storage))
      const accounts = await startAccounts(reference, options.accounts, seed)
      await storage?.settled()
      // Only a test suite that has the control can ask for a reset.
      if (options.control !== undefined) reference.markStart()
      const data = options.data === undefined ? null : resolve(io.cwd, options.data)
      const recordNow = () => readyRecord(reference, options.listen, folder.caFile, accounts, { control, data })
      control = await listening(() =>
        openControl(reference, options, io.env, {
          address: reachable(options.listen),
          record: recordNow,
          stop: ending.stop,
        }),
      )
      await announce(recordNow(), readyFile, options, io)
      // Making them takes a while: nobody waits for it. With --data the storage keeps them.
      const keysKept = storage === undefined ? folder.saveDkimKeys(() => reference.dkimKeys.save()) : undefined
      await ending.stopped
      await keysKept
      return exitCodes.ok
    } finally {
      ending.release()
      await control?.close()
      // A transaction cut before its last reply would be made again by the next start.
      if (storage !== undefined) await Promise.race([reference.queue.pause(), clock.sleep(longestFarewellMs)])
      await reference.close()
    }
  } finally {
    await storage?.close()
    await folder.close()
  }
}

async function start(
  options: ServeOptions,
  cwd: string,
  kept: Partial<{
    readonly [Key in 'clock' | 'storage' | 'certificates' | 'dkimKeys']: ReferenceOptions[Key] | undefined
  }>,
): Promise<Reference> {
  const { domains, ports, listen, dns, peerDns, peerCa, push, defects, variant, like } = options
  const authorities = await Promise.all(peerCa.map((file) => readAuthority(file, cwd)))
  return await listening(() =>
    openReference({
      ...(domains.length === 0 ? {} : { domains }),
      ports,
      listen,
      ...(dns === undefined ? {} : { dns }),
      ...(peerDns === undefined ? {} : { peerDns }),
      peerCa: authorities,
      ...(push === undefined ? {} : { push: { url: push } }),
      // What the zones say must lead here.
      overrides: { zone: { addresses: [reachable(listen)] } },
      defects,
      variant,
      ...(like === undefined ? {} : { like }),
      ...(kept.clock === undefined ? {} : { clock: kept.clock }),
      ...(kept.storage === undefined ? {} : { storage: kept.storage }),
      ...(kept.dkimKeys === undefined ? {} : { dkimKeys: kept.dkimKeys }),
      ...(kept.certificates === undefined ? {} : { certificates: kept.certificates }),
    }),
  )
}

async function readAuthority(file: string, cwd: string): Promise<string> {
  const pem = await readTextFile(file, cwd, '--peer-ca')
  try {
    return new X509Certificate(pem).toString()
  } catch (cause) {
    throw new UsageError(`--peer-ca: ${file} holds no certificate`, 'it takes one in PEM', { cause })
  }
}

/** Tells a person why a port cannot be had. */
async function listening<T>(start: () => Promise<T>): Promise<T> {
  try {
    return await start()
  } catch (cause) {
    const trouble = listenTrouble(cause)
    if (trouble !== undefined)
      throw new UsageError(trouble, 'choose other places with --listen, --ports, --dns or --control', { cause })
    throw cause
  }
}

async function announce(record: ReadyRecord, readyFile: ReadyFile, options: ServeOptions, io: Io): Promise<void> {
  const line = `${JSON.stringify(record)}\n`
  await readyFile.write(line)
  const forPeople = io.stdout.isTTY === true && !options.quiet
  if (!forPeople) io.stdout.write(line)
  if (options.quiet) return
  const behaves = [
    ...(options.like === undefined ? [] : [`like ${options.like}`]),
    ...options.defects.map((name) => `defect ${name}`),
    ...(options.variant === 0 ? [] : [`variant ${options.variant}`]),
    ...(isLoopback(options.listen) ? [] : ['an address that others may reach: anybody who does can make accounts']),
    ...(options.control === undefined || isLoopback(options.control.address)
      ? []
      : ['a control that others may reach: its token goes there in clear']),
  ]
  const out = forPeople ? io.stdout : io.stderr
  out.write(`${renderReady(record, behaves)}\n`)
  const first = record.accounts[0]
  const link = first?.dclogin ?? record.invite
  if (!forPeople || link === null) return
  const qrcode = await import('qrcode')
  // With colours the code is dark on light on any terminal.
  const errorCorrectionLevel = 'L'
  const style = wantsColor(out, io.env)
    ? ({ type: 'terminal', small: true, errorCorrectionLevel } as const)
    : ({ type: 'utf8', errorCorrectionLevel } as const)
  out.write(`${first ? `To log in as ${first.address}, scan:` : 'Invite:'}\n${await qrcode.toString(link, style)}\n`)
}
