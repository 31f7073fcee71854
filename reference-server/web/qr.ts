// The invite as a QR code. Its library is loaded at the first request only.
import type { WebBehaviour } from '../behaviour/web.ts'
import { inviteLink } from './pages.ts'
import type { Answer } from './types.ts'

export async function qrCode(domain: string, web: WebBehaviour): Promise<Answer> {
  if (web.qr === null) return { status: 404, headers: [], body: '' }
  const text = inviteLink(web.qr, domain)
  if (web.qrFormat === 'broken') {
    return { status: 200, headers: [['Content-Type', 'image/png']], body: 'not a picture' }
  }
  const { toString: toText } = (await import('qrcode')).default
  return web.qrFormat === 'svg'
    ? { status: 200, headers: [['Content-Type', 'image/svg+xml']], body: await toText(text, { type: 'svg' }) }
    : {
        status: 200,
        headers: [['Content-Type', 'image/png']],
        body: await qrPicture(text),
      }
}

/** PNG. */
export async function qrPicture(text: string): Promise<Buffer> {
  const { toBuffer } = (await import('qrcode')).default
  return await toBuffer(text, { errorCorrectionLevel: 'H', width: 384 })
}
