// The flags of `serve`, read into one typed record.
import { isIP } from 'node:net'
import { standardPorts } from '../../harness/host/host.ts'
import type { ReferenceOptions } from '../../reference-server/index.ts'
import { UsageError, unknown } from '../usage-error.ts'

type Ports = NonNullable<ReferenceOptions['ports']>
type Service = keyof Ports

export interface ServeOptions {
  readonly ports: Ports
  /** IP address. */
  readonly listen: string
  /** Local parts. */
  readonly accounts: readonly string[]
  readonly state: string | undefined
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

/** Throws UsageError. */
export function readServeOptions(flags: ServeFlags): ServeOptions {
  const listen = text(flags.listen) ?? '127.0.0.1'
  if (isIP(listen) === 0) throw new UsageError(`--listen: "${listen}" is not an IP address`)
  return {
    ports: readPorts(list(flags.ports)),
    listen,
    accounts: list(flags.accounts).map(localpart),
    state: text(flags.state),
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

function localpart(name: string): string {
  if (/^[a-z0-9._-]{1,64}$/.test(name)) return name
  throw new UsageError(`--accounts: "${name}" is not a user name`, 'lower case letters, digits, dot, minus, underscore')
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
