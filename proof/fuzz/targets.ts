// Everything that reads octets of a server. Loaded by the fuzzing thread.
import QRCode from 'qrcode'
import { decodeQr } from '../../harness/check/qr.ts'
import { parsers } from './parsers.ts'
import { openClients } from './sockets.ts'
import type { Target, Targets } from './target.ts'

export async function openTargets(): Promise<Targets> {
  const clients = await openClients()
  const pictures: Target = {
    name: 'pictures of QR codes',
    seeds: [await QRCode.toBuffer('DCACCOUNT:https://chat.test/new', { width: 96 })],
    words: ['IHDR', 'IDAT', 'IEND', 'PLTE', 'tRNS', '\0\0\x08\0'],
    says: [],
    share: 5,
    // To look for a code in a large picture takes its time, whatever is in it.
    waits: true,
    read: (input) => decodeQr(input),
  }
  return {
    targets: [...parsers, pictures, ...clients.targets],
    [Symbol.asyncDispose]: () => clients[Symbol.asyncDispose](),
  }
}
