// Relay services 1.9 (December 2025), the last with the filter in Python: the relay of the recordings in proof/recorded.
import { everyRelay } from './every-relay.ts'
import { pythonFilter } from './python-filter.ts'
import type { Choice, Preset } from './types.ts'

export const noCompression: Choice = {
  says: 'offers no COMPRESS=DEFLATE unless its operator turns it on',
  behaviour: { imap: { capabilities: { withheld: ['COMPRESS=DEFLATE'] }, compress: { answer: 'bad' } } },
}

function openDkimSays(code: string): string {
  const where = 'https://github.com/trusteddomainproject/OpenDKIM/blob/master/libopendkim/dkim.h#L108'
  return `500 Error: (SMTPDataError) (554, b'5.7.1 DKIM signature is invalid, error code ${code}, search ${where}')`
}

export const publishedSecret: Choice = {
  says: 'makes credentials for calls with a secret that stands in the source of its TURN server (from 1.8)',
  behaviour: { calls: { secret: 'published' } },
}

export const fillsUp: Choice = {
  says: 'makes no room in a mailbox that fills up (until 1.12)',
  behaviour: { retention: { roomAbovePercent: 0 } },
}

export const relay19: Preset = {
  title: 'chatmail relay 1.9 (December 2025) with Postfix 3.7 and Dovecot 2.3, as it was recorded',
  domain: 'chat.test',
  choices: [
    ...everyRelay,
    ...pythonFilter,
    noCompression,
    publishedSecret,
    fillsUp,
    {
      says: 'wraps what OpenDKIM says of a signature into replies of its own',
      behaviour: {
        inbound: {
          dkim: {
            replies: {
              unsigned: "500 Error: (SMTPDataError) (554, b'5.7.1 No valid DKIM signature found.')",
              broken: openDkimSays('28.0'),
              unaligned: openDkimSays('-1.0'),
              noKey: openDkimSays('22.0'),
            },
          },
        },
      },
    },
    {
      says: 'makes accounts without a lock: of first logins at once, the password of the last counts',
      behaviour: { accounts: { creationMs: 13, duringCreation: 'overwrite' } },
    },
  ],
}
