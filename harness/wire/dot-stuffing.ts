// The transparency of DATA (RFC 5321 4.5.2): a line that begins with a dot gets one more; a lone dot ends the message.
// Used by the SMTP client. Only CRLF ends a line here: a bare LF is content.

const dot = 0x2e
const cr = 0x0d
const lf = 0x0a

/** What goes over the wire after `354`: the message stuffed, ended by CRLF if it was not, and the final `.` line. */
export function dotStuff(message: Uint8Array): Uint8Array {
  const ended = message.length === 0 || (message[message.length - 1] === lf && message[message.length - 2] === cr)
  const places = stuffedPlaces(message)
  const out = new Uint8Array(message.length + places.length + (ended ? 3 : 5))
  let from = 0
  let to = 0
  for (const place of places) {
    out.set(message.subarray(from, place), to)
    to += place - from
    out[to++] = dot
    from = place
  }
  out.set(message.subarray(from), to)
  to += message.length - from
  if (!ended) {
    out[to++] = cr
    out[to++] = lf
  }
  out[to++] = dot
  out[to++] = cr
  out[to++] = lf
  return out
}

function stuffedPlaces(message: Uint8Array): number[] {
  const places: number[] = []
  for (let at = message.indexOf(dot); at !== -1; at = message.indexOf(dot, at + 1)) {
    if (at === 0 || (message[at - 1] === lf && message[at - 2] === cr)) places.push(at)
  }
  return places
}

/** The message a receiver stores: reads up to the lone dot; undefined when that has not come. */
export function dotUnstuff(wire: Uint8Array): Uint8Array | undefined {
  const out = new Uint8Array(wire.length)
  let to = 0
  let start = 0
  while (start < wire.length) {
    let end = start
    do {
      end = wire.indexOf(lf, end) + 1
      if (end === 0) return undefined
    } while (wire[end - 2] !== cr)
    const stuffed = wire[start] === dot
    if (stuffed && end === start + 3) return out.subarray(0, to)
    const line = wire.subarray(stuffed ? start + 1 : start, end)
    out.set(line, to)
    to += line.length
    start = end
  }
  return undefined
}
