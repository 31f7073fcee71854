// Known implementations agree on this sample. Filters made for spam do not look at what is over half a megabyte.
import type { Sample } from '../../../../harness/mail/mail.ts'

const octets = 600_000

export const largeText = {
  id: 'large-text',
  why: 'a message in clear text that is larger than many filters look at',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) => {
    const line = `Readable text, number ${mail.random.hex(8)}.\r\n`
    const body = line.repeat(Math.ceil(octets / line.length))
    return mail.compose(from, to, { contentType: 'text/plain; charset=utf-8', body })
  },
} as const satisfies Sample
