// Whether a message is large as the server stores it: compressed. Used by expiry.
import { gzipSync } from 'node:zlib'
import type { StoredMessage } from '../mailbox/message.ts'

/** gzip adds at most so much to what it cannot compress: header, trailer and 5 octets for each stored block. */
const overhead = (size: number) => 64 + Math.ceil(size / 1_000)

/** Answers known already; a message never changes. */
const known = new WeakMap<StoredMessage, { readonly limit: number; readonly large: boolean }>()

/** Its gzip form takes more than `limit` octets. */
export function isLargeCompressed(message: StoredMessage, limit: number): boolean {
  const { size } = message
  if (size + overhead(size) <= limit) return false
  const before = known.get(message)
  if (before?.limit === limit) return before.large
  const large = exceeds(message.bytes, limit)
  known.set(message, { limit, large })
  return large
}

/**
 * Encrypted mail hardly shrinks, so its beginning alone is over the limit already: the whole of it is compressed only
 * where that leaves a doubt. What a beginning takes, the whole takes too, but for the last block.
 */
function exceeds(bytes: Uint8Array, limit: number): boolean {
  const doubt = limit / 50 + 1_024
  for (let size = Math.max(limit * 2, 1_024); size < bytes.byteLength; size *= 4) {
    if (gzipSync(bytes.subarray(0, size)).byteLength > limit + doubt) return true
  }
  return gzipSync(bytes).byteLength > limit
}
