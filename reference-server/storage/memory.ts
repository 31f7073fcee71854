// The storage that keeps nothing beyond the process: costs nothing and never waits. The usual one.
import type { Shelf, Storage } from './types.ts'

export function memoryStorage(): Storage {
  const shelves: Record<Shelf, Map<string, Uint8Array>> = { queue: new Map(), keys: new Map() }
  return {
    changed: () => {},
    put(shelf, name, value) {
      if (value === undefined) shelves[shelf].delete(name)
      else shelves[shelf].set(name, value)
    },
    records: (shelf) => [...shelves[shelf]],
    settled: () => undefined,
    trouble: undefined,
    load: () => ({ accounts: [], stores: [] }),
    close: async () => {},
  }
}
