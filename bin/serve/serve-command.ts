// The serve command: starts the reference server, says where it is, and waits for ^C.
import { createHash, randomBytes } from 'node:crypto'
import type { Reference } from '../../reference-server/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { interruptible } from '../interruption.ts'
import { type Io, wantsColor } from '../io.ts'
import { openReference } from '../open-reference.ts'
import { reasonOf } from '../read-file.ts'
import { UsageError } from '../usage-error.ts'
import { writeText } from '../write-text.ts'
import { openAuthorityFolder } from './authority-folder.ts'
import { type ReadyRecord, reachable, readyRecord, renderReady } from './ready-record.ts'
import { isLoopback, readServeOptions, type ServeFlags, type ServeOptions } from './serve-options.ts'

/** Ends with 0: ^C is how a server is meant to end. */
export async function serveCommand(flags: ServeFlags, io: Io): Promise<number> {
  const options = readServeOptions(flags)
  const folder = await openAuthorityFolder(options.state, io.cwd)
  try {
    const reference = await start(options, folder.saved)
    const interruption = interruptible(io, () => undefined)
    try {
      await folder.save(reference.ca, reference.certificates)
      const accounts = options.accounts.map((name) =>
        reference.accounts.create(credentials(name, reference.domain, options.seed)),
      )
      await announce(readyRecord(reference, options.listen, folder.caFile, accounts), options, io)
      await new Promise<void>((stop) => {
        if (interruption.signal.aborted) stop()
        interruption.signal.addEventListener('abort', () => stop(), { once: true })
        // A pending promise alone keeps no process alive; the listening sockets do.
      })
      return exitCodes.ok
    } finally {
      interruption.release()
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
  try {
    return await openReference({
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
    })
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (code === 'EADDRINUSE')
      throw new UsageError(`a port is taken: ${reasonOf(cause)}`, 'choose others with --ports or --dns', { cause })
    if (code === 'EACCES')
      throw new UsageError(`not allowed to listen: ${reasonOf(cause)}`, 'ports below 1024 need rights', { cause })
    if (code === 'EADDRNOTAVAIL')
      throw new UsageError(`--listen: ${options.listen} is not an address of this machine`, undefined, { cause })
    throw cause
  }
}

async function announce(record: ReadyRecord, options: ServeOptions, io: Io): Promise<void> {
  const line = `${JSON.stringify(record)}\n`
  if (options.readyFile !== undefined) await writeText(options.readyFile, line, io.cwd, '--ready-file')
  const forPeople = io.stdout.isTTY === true && !options.quiet
  if (!forPeople) io.stdout.write(line)
  if (options.quiet) return
  const behaves = [
    ...(options.like === undefined ? [] : [`like ${options.like}`]),
    ...options.defects.map((name) => `defect ${name}`),
    ...(options.variant === 0 ? [] : [`variant ${options.variant}`]),
    ...(isLoopback(options.listen) ? [] : ['an address that others may reach: anybody who does can make accounts']),
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

function credentials(
  name: string,
  domain: string,
  seed: number | undefined,
): { readonly address: string; readonly password: string } {
  const bytes =
    seed === undefined ? randomBytes(12) : createHash('sha256').update(`${seed}/${name}`).digest().subarray(0, 12)
  return { address: `${name}@${domain}`, password: bytes.toString('base64url') }
}
