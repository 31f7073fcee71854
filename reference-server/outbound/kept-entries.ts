// The queue on a shelf of the storage: a message as it is, and beside it, in JSON, how far it has come. Used by outbound.ts.
import type { Storage } from '../storage/types.ts'
import type { QueueEntry, SavedEntry } from './types.ts'

export interface KeptEntries {
  /** Of an earlier life, oldest first. */
  load(): readonly (SavedEntry & { readonly id: number })[]
  add(entry: QueueEntry, message: Buffer): void
  /** Recipients, tries or times have changed. */
  update(entry: QueueEntry): void
  remove(id: number): void
}

const messageName = (id: number) => `${id}/message`

export function keepEntries(storage: Pick<Storage, 'put' | 'records'>): KeptEntries {
  const update = (entry: QueueEntry) => storage.put('queue', `${entry.id}`, Buffer.from(JSON.stringify(entry)))
  return {
    load() {
      const records = new Map(storage.records('queue'))
      const entries: (SavedEntry & { readonly id: number })[] = []
      for (const [name, value] of records) {
        if (name.includes('/')) continue
        const { bytes: _bytes, ...entry } = JSON.parse(Buffer.from(value).toString()) as QueueEntry
        const message = records.get(messageName(entry.id))
        if (message !== undefined) entries.push({ ...entry, message: Buffer.from(message) })
      }
      return entries.sort((a, b) => a.id - b.id)
    },
    add(entry, message) {
      storage.put('queue', messageName(entry.id), message)
      update(entry)
    },
    update,
    remove(id) {
      storage.put('queue', messageName(id), undefined)
      storage.put('queue', `${id}`, undefined)
    },
  }
}
