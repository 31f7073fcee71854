import { deflateSync } from 'node:zlib'
import { toBuffer } from 'qrcode'
import { expect, test } from 'vitest'
import { decodeQr } from './qr.ts'

test('reads the text of a QR code', async () => {
  const png = await toBuffer('DCACCOUNT:https://chat.test/new', { errorCorrectionLevel: 'H', width: 384 })
  expect(await decodeQr(png)).toBe('DCACCOUNT:https://chat.test/new')
})

test('reads a QR code on a transparent background', async () => {
  const png = await toBuffer('dcaccount:chat.test', { color: { light: '#0000' }, width: 256 })
  expect(await decodeQr(png)).toBe('dcaccount:chat.test')
})

test('finds nothing in a text, an empty file and a cut picture', async () => {
  const png = await toBuffer('dcaccount:chat.test')
  for (const octets of [Buffer.from('not a picture'), Buffer.alloc(0), png.subarray(0, 200)]) {
    expect(await decodeQr(octets)).toBeUndefined()
  }
})

test('does not unpack a picture that claims to be huge', async () => {
  const png = Buffer.from(await toBuffer('dcaccount:chat.test'))
  png.writeUInt32BE(60_000, 16)
  png.writeUInt32BE(60_000, 20)
  expect(await decodeQr(Buffer.concat([png, deflateSync(Buffer.alloc(1_000_000))]))).toBeUndefined()
})
