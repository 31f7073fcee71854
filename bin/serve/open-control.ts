// `serve --control`: power over the running server by HTTP, with the token of a flag, of the environment, or a random one.
import type { Reference } from '../../reference-server/index.ts'
import type { ReferenceDescription } from '../../reference-server/serve.ts'
import type { Io } from '../io.ts'
import { UsageError } from '../usage-error.ts'
import { reachable } from './ready-record.ts'
import type { ServeOptions } from './serve-options.ts'

/** What the ready line says of it. */
export interface ControlRecord {
  /** Without a slash at the end. */
  readonly url: string
  /** To be sent as `Authorization: Bearer`. */
  readonly token: string
}

interface OpenControl extends ControlRecord {
  close(): Promise<void>
}

export const tokenVariable = 'CHATMAIL_CHECK_CONTROL_TOKEN'
const shortestToken = 8

/** Undefined when no control is wanted. `record` is asked for each GET of it. Throws UsageError. */
export async function openControl(
  reference: Reference,
  options: Pick<ServeOptions, 'control' | 'controlToken'>,
  env: Io['env'],
  answers: { readonly address: string; readonly record: () => ReferenceDescription; readonly stop: () => void },
): Promise<OpenControl | undefined> {
  if (options.control === undefined) return undefined
  const { startControl } = await import('../../reference-server/control/server.ts')
  const token = options.controlToken ?? env[tokenVariable]
  if (token !== undefined && token.length < shortestToken) {
    throw new UsageError(`--control-token: at least ${shortestToken} characters`, 'without it a random one is made')
  }
  const { address, port } = options.control
  const control = await startControl(reference, { listen: address, port, ...(token && { token }), ...answers })
  // Who listens everywhere is reached at one address.
  return { ...control, url: control.url.replace(/0\.0\.0\.0|\[::\]/, () => bracketed(reachable(address))) }
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address
}
