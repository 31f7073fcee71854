// Known implementations agree on this sample.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { multipartType, textPart } from '../../../../harness/mail/mime.ts'
import { shaped } from '../pgp-mime.ts'

const parts = [textPart('Readable text.\r\n'), textPart('<p>Readable text.</p>\r\n', 'html')]

export const html = {
  id: 'html',
  why: 'an ordinary message in HTML, with its text alternative',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) =>
    shaped(mail, from, to, { parts, type: (boundary) => multipartType('alternative', boundary) }),
} as const satisfies Sample
