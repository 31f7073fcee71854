// Lines of a replayed session: read one at a time from a socket that may turn to TLS. Used by both protocols.

import type { Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'

/** PEM. */
export interface ReplayCertificate {
  readonly certificate: string
  readonly key: string
}

const mostUnread = 50_000_000

export class Connection {
  #socket: Socket
  #unread = Buffer.alloc(0)
  #ended = false
  #wake: (() => void) | undefined

  constructor(socket: Socket) {
    this.#socket = socket
    this.#listen()
  }

  #listen(): void {
    const socket = this.#socket
    socket.on('data', (chunk: Buffer) => {
      this.#unread = Buffer.concat([this.#unread, chunk])
      if (this.#unread.length > mostUnread) socket.destroy()
      this.#wake?.()
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      this.#ended = true
      this.#wake?.()
    })
    socket.on('end', () => {
      this.#ended = true
      this.#wake?.()
    })
  }

  /** latin1, without the mark; undefined: the client is gone. */
  async until(mark: string): Promise<string | undefined> {
    for (;;) {
      const at = this.#unread.indexOf(mark, 0, 'latin1')
      if (at >= 0) {
        const text = this.#unread.toString('latin1', 0, at)
        this.#unread = this.#unread.subarray(at + mark.length)
        return text
      }
      if (this.#ended) return undefined
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  write(text: string): void {
    if (this.#socket.writable) this.#socket.write(text, 'latin1')
  }

  async secure({ certificate, key }: ReplayCertificate): Promise<void> {
    this.#socket.removeAllListeners('data')
    const secureContext = createSecureContext({ cert: certificate, key, minVersion: 'TLSv1.3' })
    const socket = new TLSSocket(this.#socket, { isServer: true, secureContext })
    this.#socket = socket
    this.#listen()
    await new Promise<void>((resolve) => {
      socket.once('secure', () => resolve())
      socket.once('close', () => resolve())
    })
  }

  end(): void {
    this.#socket.end()
  }

  destroy(): void {
    this.#socket.destroy()
  }
}
