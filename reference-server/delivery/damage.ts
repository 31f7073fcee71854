// What careless servers do to bodies on the way: folding, stripping, trimming, cutting. Nothing on a good one.
import type { DeliveryBehaviour } from '../behaviour/delivery.ts'

export function damageBody(body: Buffer, delivery: DeliveryBehaviour): Buffer {
  let damaged = body
  if (touchesText(delivery)) damaged = Buffer.from(damageText(body.toString('latin1'), delivery), 'latin1')
  if (delivery.truncatesAtBytes > 0) damaged = damaged.subarray(0, delivery.truncatesAtBytes)
  if (delivery.losesLastBytes > 0) damaged = damaged.subarray(0, Math.max(0, damaged.length - delivery.losesLastBytes))
  return damaged
}

function touchesText(delivery: DeliveryBehaviour): boolean {
  return (
    delivery.strips8Bit ||
    delivery.foldsLinesAt > 0 ||
    delivery.trimsTrailingWhitespace ||
    delivery.fromLines === 'escaped' ||
    delivery.joinsBlankLines ||
    delivery.dropsControlCharacters ||
    delivery.encodesEqualsSigns ||
    delivery.expandsTabs ||
    delivery.lineEnds === 'lf' ||
    delivery.appendsFooter !== '' ||
    delivery.cleansPartHeaders !== 'never'
  )
}

const cleaned = /^(?:subject|user-agent|x-mailer|received):.*\r\n/gim

/** A boundary line and the header lines behind it. */
const partHeader = /^--[^\r\n]+\r\n(?:[!-9;-~]+:[^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*)+/gm

function damageText(text: string, delivery: DeliveryBehaviour): string {
  let damaged = text
  if (delivery.cleansPartHeaders === 'every-line') damaged = damaged.replace(cleaned, '')
  if (delivery.cleansPartHeaders === 'parts') damaged = damaged.replace(partHeader, (head) => head.replace(cleaned, ''))
  if (delivery.strips8Bit) damaged = damaged.replace(/[\x80-\xff]/g, '?')
  if (delivery.expandsTabs) damaged = damaged.replaceAll('\t', '        ')
  if (delivery.trimsTrailingWhitespace) damaged = damaged.replace(/[ \t]+(?=\r\n)/g, '')
  if (delivery.fromLines === 'escaped') damaged = damaged.replace(/^(>*From )/gm, '>$1')
  if (delivery.joinsBlankLines) damaged = damaged.replace(/(?:\r\n){3,}/g, '\r\n\r\n')
  if (delivery.dropsControlCharacters) damaged = damaged.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g, '')
  if (delivery.encodesEqualsSigns) damaged = damaged.replaceAll('=', '=3D')
  if (delivery.foldsLinesAt > 0) {
    damaged = damaged.replace(new RegExp(`[^\\r\\n]{${delivery.foldsLinesAt}}(?=[^\\r\\n])`, 'g'), '$&\r\n')
  }
  if (delivery.lineEnds === 'lf') damaged = damaged.replaceAll('\r\n', '\n')
  return delivery.appendsFooter === '' ? damaged : `${damaged}${delivery.appendsFooter}\r\n`
}
