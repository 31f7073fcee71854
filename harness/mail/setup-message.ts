// The Autocrypt Setup Message (Autocrypt 1.1, "Autocrypt Setup Message"): the one readable message that relays let a user
// send to himself. Its text part can carry anything, so checks of what a server does to odd octets use it too.
import { armour } from './armour.ts'
import { addressOf, type ComposeOptions, type Mail, type Mailer, type Parties, type Party } from './mail.ts'
import { multipart, multipartType } from './mime.ts'
import { concat } from './octets.ts'
import { seipdV1, skeskV4, writePackets } from './packets.ts'

export interface SetupOptions extends ComposeOptions {
  /** Anybody but oneself is against the rules. */
  readonly to?: Parties
  /** The text part, CRLF lines; declared as 8bit UTF-8. */
  readonly text?: string | Uint8Array
}

export function setupMessage(mail: Mailer, from: Party, options: SetupOptions = {}): Mail {
  const { to = from, text = 'This message moves a key to another device.\r\n' } = options
  const digits = Array.from({ length: 36 }, () => mail.random.below(10)).join('')
  const headers = ['Passphrase-Format: numeric9x4', `Passphrase-Begin: ${digits.slice(0, 2)}`]
  const block = armour(writePackets([skeskV4(mail.random), seipdV1(mail.random, 1200)]), { headers })
  const note = {
    headers: ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit'],
    body: concat(text),
  }
  const page = { headers: setupHeaders, body: concat('<html><body><pre>\r\n', block, '\r\n</pre></body></html>') }
  const boundary = mail.random.hex(32)
  const body = multipart(boundary, [note, page])
  return mail.compose(
    from,
    to,
    { contentType: multipartType('mixed', boundary), body, payload: note.body },
    {
      ...options,
      headers: {
        To: `<${addressOf(from)}>`,
        Subject: 'Autocrypt Setup Message',
        'Autocrypt-Setup-Message': 'v1',
        ...options.headers,
      },
      omitHeaders: ['Chat-Version', ...(options.omitHeaders ?? [])],
    },
  )
}

const setupHeaders = [
  'Content-Type: application/autocrypt-setup',
  'Content-Disposition: attachment; filename="autocrypt-setup-message.html"',
  'Content-Transfer-Encoding: 7bit',
]
