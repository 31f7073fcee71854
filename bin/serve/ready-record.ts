// What a running reference server tells its users: one JSON record for programs, and the same as text for people.
import { networkInterfaces } from 'node:os'
import type { Reference } from '../../reference-server/index.ts'
import { inviteLink } from '../../reference-server/web/pages.ts'

export interface Credentials {
  readonly address: string
  readonly password: string
}

/** The ready line of `serve`. Fields are only ever added. */
export interface ReadyRecord {
  readonly ready: 'chatmail-check/serve/1'
  readonly domain: string
  /** Where to connect: an IP address. */
  readonly address: string
  readonly ports: Reference['ports']
  /** Path of the PEM file that clients must trust. */
  readonly ca: string
  /** Null when the server shows none. */
  readonly invite: string | null
  readonly accounts: readonly (Credentials & { readonly dclogin: string })[]
}

export function readyRecord(
  reference: Reference,
  listen: string,
  caFile: string,
  accounts: readonly Credentials[],
): ReadyRecord {
  const address = reachable(listen)
  const { invite } = reference.behaviour.web
  return {
    ready: 'chatmail-check/serve/1',
    domain: reference.domain,
    address,
    ports: reference.ports,
    ca: caFile,
    invite: invite === null ? null : inviteLink(invite, reference.domain),
    accounts: accounts.map((account) => ({ ...account, dclogin: dclogin(account, address, reference.ports) })),
  }
}

/** Delta Chat's own form of a login link; ic=3 accepts our certificate, which no client knows. */
function dclogin({ address, password }: Credentials, host: string, ports: Reference['ports']): string {
  const fields: Readonly<Record<string, string | number>> = {
    p: password,
    v: 1,
    ih: host,
    ip: ports.imaps,
    is: 'ssl',
    sh: host,
    sp: ports.submissions,
    ss: 'ssl',
    ic: 3,
  }
  const query = Object.entries(fields).map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
  return `dclogin:${address}?${query.join('&')}`
}

/** A server that listens everywhere is named by the first address that others can reach. */
function reachable(listen: string): string {
  if (listen !== '0.0.0.0' && listen !== '::') return listen
  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4')
  return outside?.address ?? '127.0.0.1'
}

export function renderReady(record: ReadyRecord, behaves: readonly string[]): string {
  const { domain, address, ports, ca, invite, accounts } = record
  const reach = `--resolve ${domain}=${address} --ca ${ca}`
  const connects = Object.entries(ports).map(([service, port]) => `--connect ${service}=${address}:${port}`)
  return [
    `Reference chatmail server for tests: ${domain} at ${address}. Mail is kept in memory. ^C stops it.`,
    ...behaves.map((line) => `  with ${line}`),
    '',
    ...Object.entries(ports).map(([service, port]) => `  ${service.padEnd(11)}  ${address}:${port}`),
    `  ${'CA file'.padEnd(11)}  ${ca}`,
    ...(invite === null ? [] : [`  ${'invite'.padEnd(11)}  ${invite}`]),
    ...accounts.flatMap(({ address: name, password, dclogin: link }) => [
      `  ${'account'.padEnd(11)}  ${name}  ${password}`,
      `               ${link}`,
    ]),
    '',
    'Check it:',
    `  chatmail-check ${domain} ${reach} \\`,
    `    ${connects.join(' \\\n    ')}`,
    '',
  ].join('\n')
}
