// A SOCKS5 proxy on loopback (RFC 1928) that leads the core to a host's own ports and nowhere else: no look-up of ours, no
// question to third parties. A check may slow its links down or cut them.
import { connect, createServer, type Socket } from 'node:net'

export interface Place {
  /** IP address. */
  readonly address: string
  readonly port: number
}

export interface Links extends AsyncDisposable {
  /** For the core's setting `proxy_url`. */
  readonly url: string
  /** `NAME:PORT` of what was asked for and refused, at most 50. */
  readonly refused: ReadonlySet<string>
  /** Ends all connections at once, as a server that is restarted; until `mend` there are no new ones. */
  cut(): void
  mend(): void
  /** Milliseconds that each chunk waits, in both directions. */
  delay(ms: number): void
}

const mostConnections = 500
const mostRefusedKept = 50
/** Octets of a SOCKS request; longer ones are not of our core. */
const longestRequest = 512
const greetingMs = 5_000

const reply = { granted: 0, notAllowed: 2, refused: 5, unsupported: 7 } as const

/** `route` knows the places by name, in lower case, and port; `onLink` hears of each connection, and refuses it by throwing. */
export async function openLinks(
  route: (name: string, port: number) => Place | undefined,
  onLink: () => void = () => {},
): Promise<Links> {
  const open = new Set<Socket>()
  const refused = new Set<string>()
  let isCut = false
  let delayMs = 0

  const track = (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    socket.on('error', () => socket.destroy())
    socket.setNoDelay(true)
  }
  const answer = (socket: Socket, code: number) => socket.write(Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]))
  const refuse = (socket: Socket, code: number) => {
    answer(socket, code)
    socket.end()
  }
  const pipe = (from: Socket, to: Socket) => {
    from.on('data', (chunk) => {
      if (delayMs > 0) {
        setTimeout(() => {
          if (!to.destroyed) to.write(chunk)
        }, delayMs)
      } else if (!to.write(chunk)) {
        from.pause()
        to.once('drain', () => from.resume())
      }
    })
    from.on('end', () => setTimeout(() => to.end(), delayMs))
    from.on('close', () => setTimeout(() => to.destroy(), delayMs))
  }
  const lead = (socket: Socket, name: string, port: number) => {
    const place = route(name, port)
    if (place === undefined || isCut) {
      if (place === undefined && refused.size < mostRefusedKept) refused.add(`${name}:${port}`)
      return refuse(socket, place === undefined ? reply.notAllowed : reply.refused)
    }
    try {
      onLink()
    } catch {
      return refuse(socket, reply.notAllowed)
    }
    const onward = connect({ host: place.address, port: place.port })
    track(onward)
    onward.once('connect', () => {
      answer(socket, reply.granted)
      pipe(socket, onward)
      pipe(onward, socket)
    })
    onward.once('error', () => refuse(socket, reply.refused))
    socket.once('close', () => setTimeout(() => onward.destroy(), delayMs))
  }

  const server = createServer((socket) => {
    track(socket)
    if (open.size > 2 * mostConnections) return void socket.destroy()
    socket.setTimeout(greetingMs, () => socket.destroy())
    let held = Buffer.alloc(0)
    let greeted = false
    const onData = (chunk: Buffer) => {
      held = Buffer.concat([held, chunk])
      if (held.length > longestRequest || held[0] !== 5) return void socket.destroy()
      if (!greeted) {
        if (held.length < 2 + (held[1] ?? 0)) return
        held = held.subarray(2 + (held[1] ?? 0))
        greeted = true
        socket.write(Buffer.from([5, 0]))
      }
      const request = readRequest(held)
      if (request === undefined) return
      socket.off('data', onData)
      socket.setTimeout(0)
      if (request === 'unsupported') refuse(socket, reply.unsupported)
      else lead(socket, request.name.toLowerCase(), request.port)
    }
    socket.on('data', onData)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a listening TCP server has a port')

  return {
    url: `socks5://127.0.0.1:${address.port}`,
    refused,
    cut() {
      isCut = true
      for (const socket of open) socket.destroy()
    },
    mend() {
      isCut = false
    },
    delay(ms) {
      delayMs = ms
    },
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** VER CMD RSV ATYP ADDR PORT; undefined while octets are missing. */
function readRequest(octets: Buffer): { name: string; port: number } | 'unsupported' | undefined {
  const [, command, , kind, first = 0] = octets
  if (octets.length < 5) return undefined
  if (command !== 1) return 'unsupported'
  const [from, length] = kind === 3 ? [5, first] : kind === 1 ? [4, 4] : kind === 4 ? [4, 16] : [0, 0]
  if (from === 0) return 'unsupported'
  if (octets.length < from + length + 2) return undefined
  const name = octets.subarray(from, from + length)
  const port = octets.readUInt16BE(from + length)
  if (kind === 3) return { name: name.toString('latin1'), port }
  if (kind === 1) return { name: name.join('.'), port }
  const groups = Array.from({ length: 8 }, (_, at) => name.readUInt16BE(2 * at).toString(16))
  return { name: groups.join(':'), port }
}
