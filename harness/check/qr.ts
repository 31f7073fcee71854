// Reads a QR code out of a PNG, as a phone's camera would. The libraries are loaded at the first picture only.
// Used by the checks of web pages.

/** Wider or higher pictures are not decoded: a few bytes of PNG can stand for gigabytes of pixels. */
const mostPixels = 2_048

/** The text of the QR code, or undefined where the octets are no PNG or show no code. */
export async function decodeQr(png: Uint8Array): Promise<string | undefined> {
  const size = pngSize(png)
  if (size === undefined || size.width > mostPixels || size.height > mostPixels) return undefined
  const [{ PNG }, { default: jsQr }] = await Promise.all([import('pngjs'), import('jsqr')])
  // The package is CommonJS: where a bundler has wrapped it, the function is one level deeper.
  const read = (typeof jsQr === 'function' ? jsQr : (jsQr as { default: unknown }).default) as QrReader
  try {
    const { data, width, height } = PNG.sync.read(Buffer.from(png))
    return read(onWhite(data), width, height)?.data || undefined
  } catch {
    return undefined
  }
}

type QrReader = (pixels: Uint8ClampedArray, width: number, height: number) => { readonly data: string } | null

/** From the IHDR chunk, which is always the first (PNG, third edition, 5.6). */
function pngSize(png: Uint8Array): { width: number; height: number } | undefined {
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
  if (png.length < 33 || signature.some((octet, at) => png[at] !== octet)) return undefined
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

/** Transparent pixels become white, as on a page. */
function onWhite(rgba: Uint8Array): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(rgba)
  for (let at = 0; at + 3 < pixels.length; at += 4) {
    const alpha = (pixels[at + 3] ?? 255) / 255
    if (alpha === 1) continue
    for (let colour = 0; colour < 3; colour++) pixels[at + colour] = 255 - alpha * (255 - (pixels[at + colour] ?? 0))
    pixels[at + 3] = 255
  }
  return pixels
}
