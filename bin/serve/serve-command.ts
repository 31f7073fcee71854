// The serve command: starts the reference server, says where it is, and waits for ^C.
import { createHash, randomBytes } from 'node:crypto'
import type { Credentials } from '../../reference-server/accounts.ts'
import type { Reference } from '../../reference-server/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { type Io, wantsColor } from '../io.ts'
import { openReference } from '../open-reference.ts'
import { reasonOf } from '../read-file.ts'
import { UsageError } from '../usage-error.ts'
import { openAuthorityFolder } from './authority-folder.ts'
import { openControl } from './open-control.ts'
import { openReadyFile, type ReadyFile } from './ready-file.ts'
import { type ReadyRecord, reachable, readyRecord, renderReady } from './ready-record.ts'
import { isLoopback, readServeOptions, type ServeFlags, type ServeOptions } from './serve-options.ts'
import { untilStopped } from './until-stopped.ts'

/** Ends with 0: ^C is how a server is meant to end. */
export async function serveCommand(flags: ServeFlags, io: Io): Promise<number> {
  const options = readServeOptions(flags)
  const folder = await openAuthorityFolder(options.state, io.cwd)
  try {
    const readyFile = await openReadyFile(options.readyFile, io.cwd)
    const reference = await start(options, folder.saved)
    const ending = untilStopped(io, options.exitWithStdin)
    let control: Awaited<ReturnType<typeof openControl>>
    try {
      await folder.save(reference.ca, reference.certificates)
      const accounts = options.accounts.map((name) =>
        reference.accounts.create(credentials(name, reference, options.seed)),
      )
      reference.markStart()
      const recordNow = () => readyRecord(reference, options.listen, folder.caFile, accounts, control)
      control = await listening(() =>
        openControl(reference, options, io.env, {
          address: reachable(options.listen),
          record: recordNow,
          stop: ending.stop,
        }),
      )
      await announce(recordNow(), readyFile, options, io)
      await ending.stopped
      return exitCodes.ok
    } finally {
      ending.release()
      await control?.close()
      await reference.close()
    }
  } finally {
    await folder.close()
  }
}

async function start(
  options: ServeOptions,
  saved: Awaited<ReturnType<typeof openAuthorityFolder>>['saved'],
): Promise<Reference> {
  const { domains, ports, listen, dns, peerDns, defects, variant, like } = options
  return await listening(() =>
    openReference({
      ...(domains.length === 0 ? {} : { domains }),
      ports,
      listen,
      ...(dns === undefined ? {} : { dns }),
      ...(peerDns === undefined ? {} : { peerDns }),
      // What the zones say must lead here.
      overrides: { zone: { addresses: [reachable(listen)] } },
      defects,
      variant,
      ...(like === undefined ? {} : { like }),
      ...(saved === undefined ? {} : { certificates: saved }),
    }),
  )
}

/** Tells a person why a port cannot be had. */
async function listening<T>(start: () => Promise<T>): Promise<T> {
  try {
    return await start()
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (code === 'EADDRINUSE')
      throw new UsageError(`a port is taken: ${reasonOf(cause)}`, 'choose others with --ports, --dns or --control', {
        cause,
      })
    if (code === 'EACCES')
      throw new UsageError(`not allowed to listen: ${reasonOf(cause)}`, 'ports below 1024 need rights', { cause })
    if (code === 'EADDRNOTAVAIL')
      throw new UsageError(`not an address of this machine: ${reasonOf(cause)}`, 'see --listen, --dns and --control', {
        cause,
      })
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

/** `name` may have a domain, which must be one of the server's. */
function credentials(name: string, { domain, domains }: Reference, seed: number | undefined): Credentials {
  const address = name.includes('@') ? name : `${name}@${domain}`
  if (!domains.includes(address.slice(address.indexOf('@') + 1))) {
    throw new UsageError(`--accounts: ${name} is under none of ${domains.join(', ')}`)
  }
  const bytes =
    seed === undefined ? randomBytes(12) : createHash('sha256').update(`${seed}/${name}`).digest().subarray(0, 12)
  return { address, password: bytes.toString('base64url') }
}
