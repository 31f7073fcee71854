// Hand-built messages of the shapes the filter decides about. For tests of the reference server only: no OpenPGP here.
import { randomBytes } from 'node:crypto'
import { crc24 } from '../filter/armour.ts'

/** A new-format packet with a definite length (RFC 9580 4.2.1). */
export function packet(tag: number, body: Uint8Array): Buffer {
  const size = body.length
  const length =
    size < 192
      ? [size]
      : size < 8_384
        ? [((size - 192) >> 8) + 192, (size - 192) & 0xff]
        : [255, size >>> 24, (size >>> 16) & 0xff, (size >>> 8) & 0xff, size & 0xff]
  return Buffer.concat([Buffer.from([0xc0 | tag, ...length]), body])
}

/** Session keys and data as core writes them today: PKESK v6 for each key, then SEIPD v2. */
export function encryptedPackets(size = 400): Buffer {
  const key = () => packet(1, Buffer.concat([Buffer.from([6]), randomBytes(70)]))
  return Buffer.concat([key(), key(), packet(18, Buffer.concat([Buffer.from([2]), randomBytes(size)]))])
}

/** CRLF, no armour headers, a checksum. */
export function armour(data: Uint8Array): string {
  const lines =
    Buffer.from(data)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  const crc = crc24(data)
  const checksum = Buffer.from([crc >> 16, (crc >> 8) & 0xff, crc & 0xff]).toString('base64')
  return ['-----BEGIN PGP MESSAGE-----', '', ...lines, `=${checksum}`, '-----END PGP MESSAGE-----', ''].join('\r\n')
}

export interface MessageShape {
  readonly from: string
  readonly subject?: string
  readonly messageId?: string
  /** Further header lines, without line end. */
  readonly headers?: readonly string[]
  readonly payload?: string
}

export function encryptedMessage(shape: MessageShape): string {
  const payload = shape.payload ?? armour(encryptedPackets())
  return [
    `From: <${shape.from}>`,
    'To: "hidden-recipients": ;',
    `Subject: ${shape.subject ?? '[...]'}`,
    'Date: Mon, 02 Feb 2026 10:00:00 +0000',
    `Message-ID: ${shape.messageId ?? `<${randomBytes(12).toString('hex')}@localhost>`}`,
    'MIME-Version: 1.0',
    'Chat-Version: 1.0',
    ...(shape.headers ?? []),
    'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted";',
    '\tboundary="edge"',
    '',
    '--edge',
    'Content-Type: application/pgp-encrypted; charset="utf-8"',
    'Content-Transfer-Encoding: 7bit',
    '',
    'Version: 1',
    '',
    '--edge',
    'Content-Type: application/octet-stream; charset="utf-8"',
    'Content-Transfer-Encoding: 7bit',
    '',
    payload,
    '--edge--',
    '',
  ].join('\r\n')
}

export function plainMessage(from: string, lines: readonly string[] = ['Hello.']): string {
  return [
    `From: ${from}`,
    `To: ${from}`,
    'Subject: plain',
    `Message-ID: <${randomBytes(12).toString('hex')}@localhost>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    ...lines,
    '',
  ].join('\r\n')
}
