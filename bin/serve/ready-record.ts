// What a running reference server tells its users: one JSON record for programs, and the same as text for people.
import { networkInterfaces } from 'node:os'
import type { Reference } from '../../reference-server/index.ts'
import { describeReference, type ReferenceDescription } from '../../reference-server/serve.ts'
import type { ControlRecord } from './open-control.ts'

/** The ready line of `serve`. Fields are only ever added. */
export interface ReadyRecord extends ReferenceDescription {
  readonly ready: 'chatmail-check/serve/1'
  /** Where to connect: an IP address. */
  readonly address: string
  /** Path of the PEM file that clients must trust; `ca` holds its text. */
  readonly caFile: string
  /** Null without `--control`. */
  readonly control: ControlRecord | null
  /** Folder that keeps accounts and mail; null where they are in memory only. */
  readonly data: string | null
}

export function readyRecord(
  reference: Reference,
  listen: string,
  caFile: string,
  accounts: readonly { readonly address: string; readonly password: string }[],
  { control, data = null }: { readonly control?: ControlRecord | undefined; readonly data?: string | null } = {},
): ReadyRecord {
  const address = reachable(listen)
  return {
    ready: 'chatmail-check/serve/1',
    address,
    caFile,
    control: control === undefined ? null : { url: control.url, token: control.token },
    data,
    ...describeReference(reference, { accounts, address }),
  }
}

/** A server that listens everywhere is named by the first address that others can reach. */
export function reachable(listen: string): string {
  if (listen !== '0.0.0.0' && listen !== '::') return listen
  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4')
  return outside?.address ?? '127.0.0.1'
}

export function renderReady(record: ReadyRecord, behaves: readonly string[]): string {
  const { domains, address, addresses, dns, caFile, control, invite, landingPage, accounts } = record
  const [domain = ''] = domains
  const row = (name: string, text: string): string => `  ${name.padEnd(11)}  ${text}`
  const connects = Object.entries(addresses).map(([service, place]) => `--connect ${service}=${place}`)
  return [
    `Reference chatmail server for tests: ${domains.join(', ')} at ${address}.`,
    `Mail is kept in ${record.data ?? 'memory'}. ^C stops it.`,
    ...behaves.map((line) => `  with ${line}`),
    '',
    ...Object.entries(addresses).map(([service, place]) => row(service, place)),
    ...(dns === null ? [] : [row('DNS', dns)]),
    row('CA file', caFile),
    row('web page', landingPage),
    ...(control === null ? [] : [row('control', control.url), row('token', control.token)]),
    ...(invite === null ? [] : [row('invite', invite)]),
    ...accounts.flatMap((account) => [
      row('account', `${account.address}  ${account.password}`),
      `    ${account.dclogin}`,
    ]),
    '',
    'Check it:',
    `  chatmail-check ${domain} --ca ${caFile} --resolve ${domain}=${address} \\`,
    `    ${connects.join(' \\\n    ')}`,
    '',
  ].join('\n')
}
