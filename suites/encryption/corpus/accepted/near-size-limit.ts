// Known implementations agree on this sample.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { pkeskV6, seipdV2, writePackets } from '../../../../harness/mail/packets.ts'

const mostTried = 31_457_280
/** Room for the header, and for what servers add to a message on its way. */
const slack = 64 * 1024

export const nearSizeLimit = {
  id: 'near-size-limit',
  why: 'a message just below the limit the server names is still a message',
  expect: 'accepted',
  level: 'should',
  bulk: true,
  build: (mail, from, to, { messageBytes = mostTried }) => {
    const armoured = Math.max(Math.min(messageBytes, mostTried) - slack, 1024)
    const octets = Math.floor((armoured * 48) / 66) // 48 octets make an armour line of 64 characters and CRLF
    return mail.armoured(from, to, writePackets([pkeskV6(mail.random), seipdV2(mail.random, octets)]))
  },
} as const satisfies Sample
