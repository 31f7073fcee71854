// Reads the body of a request within a bound, whoever asks for it. Used by the web server.
import type { IncomingMessage } from 'node:http'

/** What nobody asked for is read to keep the connection usable, up to here. */
const mostUnasked = 1_000_000

export interface RequestBody {
  read(most: number): Promise<Buffer | undefined>
  /** Throws away what was not asked for; a client that floods us is cut off. */
  discard(): void
  /** More is coming than will be read: the connection cannot be used again. */
  readonly cut: boolean
}

export function requestBody(request: IncomingMessage): RequestBody {
  let cut = false
  let asked = false
  return {
    get cut() {
      return cut
    },
    read(most) {
      if (asked) throw new Error('the body of a request can be read once')
      asked = true
      return new Promise((resolve, reject) => {
        const chunks: Buffer[] = []
        let length = 0
        const take = (chunk: Buffer) => {
          length += chunk.length
          if (length <= most) chunks.push(chunk)
          else stop()
        }
        const stop = () => {
          cut = true
          request.off('data', take)
          request.pause()
          resolve(undefined)
        }
        if (Number(request.headers['content-length'] ?? 0) > most) {
          stop()
          return
        }
        request.on('data', take)
        request.once('end', () => resolve(Buffer.concat(chunks, length)))
        request.once('error', reject)
        request.once('close', () => reject(new Error('the client went away within the body')))
      })
    },
    discard() {
      if (asked) return
      asked = true
      discard(request)
    },
  }
}

function discard(request: IncomingMessage): void {
  let length = 0
  request.on('data', (chunk: Buffer) => {
    length += chunk.length
    if (length > mostUnasked) request.socket.destroy()
  })
}
