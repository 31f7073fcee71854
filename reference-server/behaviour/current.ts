// The behaviour of a running server, which can be exchanged while it runs: sessions read it through `read`. What was read
// while the server started (certificates, listeners, DNS) is noted, and can then no longer be changed. Used by startReference.
import type { Behaviour } from './index.ts'

export interface CurrentBehaviour {
  read(): Behaviour
  /** While it starts, what is read is noted as fixed. */
  started(): void
  /** Throws NeedsRestart, and changes nothing, when a decision differs that was taken at the start. */
  exchange(next: Behaviour): void
}

/** Some of the changed decisions were taken when the server started. */
export class NeedsRestart extends Error {
  readonly code = 'needs-restart'
  /** Like `tls.issuer`. */
  readonly decisions: readonly string[]

  constructor(decisions: readonly string[]) {
    super(`decided at the start of the server: ${decisions.join(', ')}; start another one with these`)
    this.decisions = decisions
  }
}

/** Areas that are about the start even where a single decision was not needed. */
const alwaysFixed = ['tls', 'zone']

export function createCurrent(first: Behaviour): CurrentBehaviour {
  const fixed = new Set<string>(alwaysFixed)
  let current = first
  let shown: Behaviour = noted(first, '', (path) => fixed.add(path))
  return {
    read: () => shown,
    started() {
      shown = current
    },
    exchange(next) {
      const changed = differences(current, next, '')
      const refused = changed.filter((path) => [...fixed].some((one) => path === one || path.startsWith(`${one}.`)))
      if (refused.length > 0) throw new NeedsRestart(refused)
      current = next
      shown = next
    },
  }
}

/** Paths of the decisions that differ. Lists count as one decision. */
export function differences(a: unknown, b: unknown, path: string): readonly string[] {
  if (isRecord(a) && isRecord(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)])
    return [...keys].flatMap((key) => differences(a[key], b[key], path === '' ? key : `${path}.${key}`))
  }
  return JSON.stringify(a) === JSON.stringify(b) ? [] : [path]
}

/** A view that reports each decision as it is read, and reads no other. */
function noted<T extends object>(value: T, path: string, onRead: (path: string) => void): T {
  const inner = new Map<string | symbol, unknown>()
  const get = (key: string | symbol): unknown => {
    const found = Reflect.get(value, key)
    const at = path === '' ? String(key) : `${path}.${String(key)}`
    if (!isRecord(found)) {
      if (typeof key === 'string') onRead(at)
      return found
    }
    if (!inner.has(key)) inner.set(key, noted(found, at, onRead))
    return inner.get(key)
  }
  return new Proxy({} as T, {
    get: (_target, key) => get(key),
    has: (_target, key) => Reflect.has(value, key),
    ownKeys: () => Reflect.ownKeys(value),
    getOwnPropertyDescriptor: (_target, key) =>
      Reflect.has(value, key) ? { value: get(key), configurable: true, enumerable: true, writable: true } : undefined,
  })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
