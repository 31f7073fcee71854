// The flags of `serve`, read into one typed record.
import { isIP } from 'node:net'
import { standardPorts } from '../../harness/host/host.ts'
import { parseHostName } from '../../harness/host/host-name.ts'
import { TargetError } from '../../harness/host/target-error.ts'
import type { ReferenceOptions } from '../../reference-server/index.ts'
import { UsageError, unknown } from '../usage-error.ts'

type Ports = NonNullable<ReferenceOptions['ports']>
type Place = NonNullable<ReferenceOptions['dns']>
type Service = keyof Ports

export interface ServeOptions {
  /** Mail domains; empty: the default one. */
  readonly domains: readonly string[]
  readonly ports: Ports
  /** IP address. */
  readonly listen: string
  /** Serve the zones by DNS there. */
  readonly dns: Place | undefined
  /** Ask there for the domains of others. */
  readonly peerDns: Place | undefined
  /** Files with certificate authorities of other servers. */
  readonly peerCa: readonly string[]
  /** Where device tokens are posted to when mail comes. */
  readonly push: string | undefined
  /** Local parts, or whole addresses. */
  readonly accounts: readonly string[]
  /** Where test suites get power over the server. */
  readonly control: Place | undefined
  readonly controlToken: string | undefined
  readonly exitWithStdin: boolean
  readonly state: string | undefined
  /** Keeps mail and accounts, and what `state` keeps. */
  readonly data: string | undefined
  readonly defects: readonly string[]
  /** Name of a preset. */
  readonly like: string | undefined
  readonly variant: number
  readonly seed: number | undefined
  readonly readyFile: string | undefined
  readonly quiet: boolean
}

/** Values as commander gives them: a text, a list of texts, a boolean. */
export type ServeFlags = Readonly<Record<string, unknown>>

const services: readonly Service[] = ['imaps', 'imap', 'submissions', 'submission', 'https', 'http', 'smtp', 'turn']

const standardTurnPort = 3478
const standardDnsPort = 53

/** Throws UsageError. */
export function readServeOptions(flags: ServeFlags): ServeOptions {
  const listen = text(flags.listen) ?? '127.0.0.1'
  if (isIP(listen) === 0) throw new UsageError(`--listen: "${listen}" is not an IP address`)
  if (text(flags.data) !== undefined && text(flags.state) !== undefined) {
    throw new UsageError('--state and --data together', '--data keeps the CA as well: leave --state out')
  }
  return {
    domains: list(flags.domain).map(domain),
    ports: readPorts(list(flags.ports)),
    listen,
    dns: place('--dns', text(flags.dns)),
    peerDns: place('--peer-dns', text(flags.peerDns)),
    peerCa: list(flags.peerCa),
    push: pushUrl(text(flags.push)),
    accounts: list(flags.accounts).map(accountName),
    control: place('--control', text(flags.control)),
    controlToken: text(flags.controlToken),
    exitWithStdin: flags.exitWithStdin === true,
    state: text(flags.state),
    data: text(flags.data),
    defects: list(flags.defect),
    like: text(flags.like),
    variant: whole('--variant', text(flags.variant)) ?? 0,
    seed: whole('--seed', text(flags.seed)),
    readyFile: text(flags.readyFile),
    quiet: flags.quiet === true,
  }
}

export function isLoopback(address: string): boolean {
  return address === '::1' || /^127\./.test(address)
}

function readPorts(given: readonly string[]): Ports {
  const ports: Partial<Record<Service, number>> = {}
  for (const item of given) {
    if (item === 'standard') {
      for (const service of services) ports[service] = service === 'turn' ? standardTurnPort : standardPorts[service]
      continue
    }
    const [name = '', port = ''] = item.split('=')
    const service = services.find((known) => known === name)
    if (service === undefined) throw unknown('service of --ports', name, [...services, 'standard'])
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
      throw new UsageError(`--ports: "${port}" is not a port of ${name}`)
    ports[service] = Number(port)
  }
  return ports
}

/** `ADDR:PORT`, `[ADDR]:PORT`, or an address alone: port 53, any free one for the control. */
function place(flag: '--dns' | '--peer-dns' | '--control', given: string | undefined): Place | undefined {
  if (given === undefined) return undefined
  if (isIP(given) !== 0) return { address: given, port: flag === '--control' ? 0 : standardDnsPort }
  const [, address = '', port = ''] = /^\[?([^\]]*)\]?:(\d{1,5})$/.exec(given) ?? []
  if (isIP(address) !== 0 && Number(port) <= 65_535) return { address, port: Number(port) }
  throw new UsageError(`${flag}: "${given}" is not an IP address with a port`, 'write 127.0.0.1:5353 or [::1]:5353')
}

function domain(given: string): string {
  try {
    return parseHostName(given).domain
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new UsageError(`--domain: ${reason}`, cause instanceof TargetError ? cause.hint : undefined, { cause })
  }
}

function accountName(name: string): string {
  if (/^[a-z0-9._-]{1,64}(@[^@\s]{1,255})?$/.test(name)) return name
  throw new UsageError(`--accounts: "${name}" is not a user name`, 'lower case letters, digits, dot, minus, underscore')
}

function pushUrl(given: string | undefined): string | undefined {
  if (given === undefined || (URL.canParse(given) && /^https?:$/.test(new URL(given).protocol))) return given
  throw new UsageError(`--push: "${given}" is no http or https URL`, 'for example --push http://127.0.0.1:8000/notify')
}

function list(value: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value]
  return items.flatMap((item) => String(item).split(',')).filter((item) => item !== '')
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function whole(flag: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  if (!/^\d{1,9}$/.test(value)) throw new UsageError(`${flag}: "${value}" is not a whole number`)
  return Number(value)
}
