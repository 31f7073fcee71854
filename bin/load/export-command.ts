// `load export` from arguments to a folder for k6: hears the operators, makes accounts and messages, writes one script and what lies
// beside it.
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { join, resolve } from 'node:path'
import type { Endpoint, Host } from '../../harness/host/host.ts'
import { addressKind } from '../../harness/load/chatmail/consent.ts'
import { tokenPath } from '../../harness/load/chatmail/operator-token.ts'
import { BundleError, bundle } from '../../harness/load/k6/bundle.ts'
import { type AboutExport, containerfile, readme, testRun } from '../../harness/load/k6/companions.ts'
import { k6Options } from '../../harness/load/k6/k6-options.ts'
import { prepareExport } from '../../harness/load/k6/prepare-export.ts'
import type { AskedAddress, Settings } from '../../harness/load/k6/settings.ts'
import { endpointsOf } from '../../harness/load/run/prepare-assets.ts'
import { count } from '../../reports/words.ts'
import { exitCodes } from '../exit-codes.ts'
import type { Io } from '../io.ts'
import { reasonOf } from '../read-file.ts'
import { UsageError } from '../usage-error.ts'
import type { RawLoadFlags } from './load-options.ts'
import { askOperators, explained, type LoadHosts, tokenOf, withLoadHosts } from './open-hosts.ts'

export interface RawExportFlags extends RawLoadFlags {
  /** The folder. */
  readonly k6: string
}

/** Throws UsageError, TargetError. */
export async function exportCommand(args: readonly string[], raw: RawExportFlags, io: Io): Promise<number> {
  const { k6: folder, ...flags } = raw
  const path = resolve(io.cwd, folder)
  await demandEmpty(path, folder)
  return withLoadHosts(args, flags, io, async (opened) => {
    if (opened.opened.some(({ reference }) => reference)) {
      throw new UsageError(
        'the built-in server ends with this command: k6 would find nobody',
        'start one with chatmail-check serve, and name it',
      )
    }
    for (const host of opened.hosts) demandReachable(host)
    const files = await makeFiles(opened)
    await writeAll(path, folder, files)
    opened.say(`${folder} is ready for k6: README.md says how. It holds passwords of accounts: keep it to yourself.`)
    return exitCodes.ok
  })
}

async function demandEmpty(path: string, folder: string): Promise<void> {
  const there = await readdir(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return []
    throw new UsageError(`--k6: cannot look into ${folder}: ${reasonOf(cause)}`, undefined, { cause })
  })
  if (there.length > 0) throw new UsageError(`${folder} is not empty, and stays as it is`, 'name another folder')
}

/** What k6 cannot do, our engine can. */
function demandReachable(host: Host): void {
  const { label, trust } = host
  const { imap, submission } = endpointsOf(host)
  const late = [imap, submission].find(({ security }) => security !== 'tls')
  if (late !== undefined) {
    throw new UsageError(
      `${label}: k6 cannot change to TLS under way, and ${late.service} does`,
      'it takes ports with TLS from the first octet: 993 and 465',
    )
  }
  if (trust.mode === 'pin' || trust.mode === 'name-only') {
    throw new UsageError(
      `${label}: k6 cannot hold a certificate to ${trust.mode === 'pin' ? 'a pin' : 'its name alone'}`,
      'use --ca FILE or --trust-presented',
    )
  }
}

async function makeFiles(context: LoadHosts): Promise<Readonly<Record<string, string>>> {
  const { load, scenario, hosts, io, say, signal } = context
  const [host, peer] = hosts
  if (host === undefined) throw new Error('an export needs a host')
  const consent = await askOperators(hosts, context)
  const { file, order, assets } = await explained(
    prepareExport({
      url: scenario.url,
      host,
      ...(peer === undefined ? {} : { peer }),
      consent,
      flags: load.flags,
      env: load.env,
      signal,
      say,
      onAccounts: (accounts, users) => say(`${count(users, 'virtual user')}, ${count(accounts, 'account')}`),
    }),
    scenario,
  )
  const asked = (await Promise.all(hosts.map((one) => askedOf(one, io)))).flat()
  const places = hosts.flatMap((one) => [...Object.values(endpointsOf(one)), ...tokenPlaces(one, asked)])
  const settings: Settings = {
    options: k6Options(file.options, order, places, host.trust),
    env: load.env,
    asked,
    ...(assets === undefined ? {} : { assetsFile: './assets.json' }),
  }
  const roots = hosts.flatMap(({ trust }) => trust.ca ?? [])
  const about: AboutExport = {
    scenario: scenario.name,
    labels: hosts.map(({ label }) => label),
    word: asked.some(({ kind }) => kind !== 'loopback'),
    tokens: asked.flatMap(({ token }) => token ?? []),
    accounts: assets?.accounts.length ?? 0,
    ownRoots: roots.length > 0,
  }
  return {
    'script.js': await script(scenario.url, file.functions, settings),
    ...(assets === undefined ? {} : { 'assets.json': `${JSON.stringify(assets)}\n` }),
    ...(roots.length === 0 ? {} : { 'ca.pem': roots.join('\n') }),
    'README.md': readme(about),
    Containerfile: containerfile(about),
    'testrun.yaml': testRun(about),
  }
}

/** What is asked at run time of every address that is to get load. */
async function askedOf(host: Host, io: Io): Promise<readonly AskedAddress[]> {
  const { label, domain, endpoints } = host
  const own = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address))
  const addresses = [...new Set(Object.values(endpointsOf(host)).map(({ address }) => address))]
  const asked = addresses.map((address) => ({ label, address, kind: addressKind(address, own) }))
  const open = asked.filter(({ kind }) => kind === 'public')
  if (open.length === 0) return asked
  if (open.length > 1) {
    throw new UsageError(
      `${label}: k6 can ask one address for consent, and load would go to ${open.map(({ address }) => address).join(' and ')}`,
    )
  }
  const { name, port } = endpoints.https ?? { name: domain, port: 443 }
  const token = { line: await tokenOf(host, io), url: `https://${name}${port === 443 ? '' : `:${port}`}${tokenPath}` }
  return asked.map((one) => (one.kind === 'public' ? { ...one, token } : one))
}

/** Where the token is fetched: from the very address that is to get the load. */
function tokenPlaces({ label, domain, endpoints }: Host, asked: readonly AskedAddress[]): readonly Endpoint[] {
  const { name, port } = endpoints.https ?? { name: domain, port: 443 }
  return asked
    .filter((one) => one.label === label && one.token !== undefined)
    .map(({ address }) => ({ service: 'https', security: 'tls', name, address, port }))
}

const noBundler =
  'npm install chatmail-check esbuild, and use that one; the standalone program exports the shipped scenarios without it'

async function script(url: string, functions: readonly string[], settings: Settings): Promise<string> {
  try {
    return await bundle({ url, functions, settings })
  } catch (cause) {
    if (!(cause instanceof BundleError)) throw cause
    const hint = cause.code === 'no-bundler' ? noBundler : undefined
    throw new UsageError(cause.message, hint, { cause })
  }
}

/** For the user alone: passwords of accounts are in it, and what was given by --env. */
async function writeAll(path: string, folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 })
    for (const [name, text] of Object.entries(files))
      await writeFile(join(path, name), text, { mode: 0o600, flag: 'wx' })
  } catch (cause) {
    throw new UsageError(`--k6: cannot write into ${folder}: ${reasonOf(cause)}`, undefined, { cause })
  }
}
