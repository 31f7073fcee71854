// Node's errors and the parsers' errors as WireErrors. Used by the line socket and the clients over it.
import { type WireCode, WireError } from '../host/wire-error.ts'
import { Malformed } from '../wire/malformed.ts'

const codes: Readonly<Record<string, WireCode>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EAFNOSUPPORT: 'unreachable',
  EINVAL: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  ENOTFOUND: 'unreachable',
}

/** Anything thrown below us, as a WireError of this stage. A WireError stays itself. */
export function wireFailure(cause: unknown, stage: string): WireError {
  if (cause instanceof WireError) return cause
  if (cause instanceof Malformed) {
    const code = cause.code === 'too-long' ? 'too-long' : 'protocol'
    return new WireError(code, stage, `${stage}: ${cause.message}`, { cause })
  }
  const { code: detail = '', syscall, message } = cause as NodeJS.ErrnoException
  // Node reports a FIN inside a handshake as ECONNRESET without a system call.
  const code = detail === 'ECONNRESET' && syscall === undefined ? 'closed' : (codes[detail] ?? otherCode(detail))
  return new WireError(code, stage, `${stage}: ${inWords(message)}`, detail === '' ? { cause } : { cause, detail })
}

/** What OpenSSL says, without where in its sources: `tlsv1 alert internal error`. */
function inWords(message: string): string {
  return /^(?:[0-9A-F]+:)?error:[0-9A-F]+:[^:]*:[^:]*:([^:\n]+)/i.exec(message)?.[1] ?? message
}

export function abortedError(stage: string, signal: AbortSignal): WireError {
  return new WireError('aborted', stage, `${stage}: told to stop`, { cause: signal.reason })
}

export function timeoutError(stage: string, ms: number): WireError {
  return new WireError('timeout', stage, `${stage}: not done within ${Math.round(ms)} ms`)
}

function otherCode(detail: string): WireCode {
  if (detail.startsWith('ERR_SSL') || detail.startsWith('ERR_TLS') || detail === 'EPROTO') return 'tls'
  if (detail === 'HPE_HEADER_OVERFLOW') return 'too-long'
  if (detail.startsWith('HPE_') || detail.startsWith('Z_')) return 'protocol'
  return 'reset'
}
