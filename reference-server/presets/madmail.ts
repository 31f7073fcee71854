// madmail 2.23, a chatmail server in one program, with the settings it comes with.
import { bothWays, type Preset } from './types.ts'

const notImplemented = '502 5.5.1 Command not implemented'

export const madmail: Preset = {
  title: 'madmail 2.23, a chatmail server in one program',
  domain: 'chat.test',
  choices: [
    {
      says: 'takes for encrypted whatever has the words application/pgp-encrypted somewhere',
      behaviour: bothWays({ looksAt: 'pgp-encrypted-anywhere', reply: '523 5.7.1 Encryption Needed' }),
    },
    {
      says: 'lets any step of a securejoin whose name begins with vc- or vg- pass in clear',
      behaviour: bothWays({
        securejoinSteps: ['vc-*', 'vg-*'],
        securejoinBodyExact: false,
        securejoinBodyBegins: true,
      }),
    },
    {
      says: 'knows no setup messages, not even to oneself',
      behaviour: { encryption: { setupMessage: 'never' } },
    },
    {
      says: 'refuses strangers and foreign senders at MAIL',
      behaviour: {
        submission: {
          policyAt: 'mail',
          envelopeReply: '553 5.7.0 Unauthorized use of sender address',
          headerFromReply: '554 5.6.0 From header does not match envelope sender',
          missingFromReply: '554 5.6.0 From header does not match envelope sender',
        },
      },
    },
    {
      says: 'knows neither VRFY nor other commands that mail needs not',
      behaviour: {
        submission: { vrfy: notImplemented, help: notImplemented, unknownCommand: notImplemented },
        inbound: {
          session: { vrfy: notImplemented, help: notImplemented, unknownCommand: notImplemented },
          vrfyForeign: notImplemented,
        },
      },
    },
    {
      says: 'takes messages of 100 MiB',
      behaviour: {
        limits: {
          messageBytes: 104_857_600,
          advertisedBytes: 104_857_600,
          tooBigReply: '552 5.3.4 message file too big',
          sizeReply: '552 5.3.4 message file too big',
        },
        imap: { limits: { messageBytes: 104_857_600 } },
      },
    },
    { says: 'limits nobody to a number of messages', behaviour: { limits: { perMinute: 0 } } },
    {
      says: 'leaves the header of a message as it is, the subject too',
      behaviour: {
        privacy: { subject: null, removesHeaders: [] },
        delivery: { addsReturnPath: false, addsDeliveredTo: false },
      },
    },
    {
      says: 'drops mail to users it does not have, and returns none that it cannot deliver elsewhere',
      behaviour: { delivery: { unknownUser: 'drop', bounceUnroutable: false } },
    },
    {
      says: 'takes names of 8 to 20 characters of any kind, and passwords of 8',
      behaviour: {
        accounts: { localpartMin: 8, localpartMax: 20, localpartPattern: '^[^@\\s\\x00-\\x1f\\x7f]+$', passwordMin: 8 },
      },
    },
    {
      says: 'makes the account at /new already, adds a login link, and does not answer GET there',
      behaviour: {
        web: {
          new: { createsAccount: true, get: 'refuse', getOnPrivateName: 'refuse', loginLink: 'always' },
        },
      },
    },
    {
      says: 'tells its IMAP capabilities only after login, and has few: no METADATA keys but calls and realtime, no push',
      behaviour: {
        imap: {
          greeting: { showsCapabilities: false },
          capabilities: {
            preAuth: ['IMAP4rev1'],
            cleartext: ['IMAP4rev1', 'STARTTLS', 'LOGINDISABLED'],
            postAuth: ['IMAP4rev1', 'IDLE', 'UIDPLUS', 'MOVE', 'QUOTA', 'METADATA', 'XCHATMAIL'],
          },
          metadata: {
            missing: 'omitted',
            overrides: {
              '/shared/comment': null,
              '/shared/admin': null,
              '/shared/vendor/deltachat/maxsmtprecipients': null,
              '/shared/vendor/deltachat/appversions': null,
            },
          },
        },
      },
    },
    {
      says: 'knows LOGIN only, and neither ID, ENABLE, NAMESPACE, COMPRESS, UNSELECT nor EXPUNGE',
      behaviour: {
        imap: {
          commands: {
            unknown: ['AUTHENTICATE', 'ID', 'ENABLE', 'NAMESPACE', 'COMPRESS', 'UNSELECT', 'EXPUNGE', 'UID EXPUNGE'],
          },
        },
      },
    },
    {
      says: 'writes [SELECT] where others write [READ-WRITE]',
      behaviour: { imap: { select: { accessCode: 'command-name' } } },
    },
    {
      says: 'takes encrypted mail only in APPEND, too',
      behaviour: { imap: { append: { accepts: 'encrypted-only' } } },
    },
    {
      says: 'gives each user 1 GiB under the root ROOT',
      behaviour: { imap: { quota: { root: 'ROOT', limitKib: 1_048_576 } } },
    },
    { says: 'has a mailbox DeltaChat for each user', behaviour: { imap: { list: { precreated: ['DeltaChat'] } } } },
    { says: 'speaks TLS 1.2 with clients, too', behaviour: { tls: { clientPortsFrom: 'TLSv1.2' } } },
    {
      says: 'has neither an MTA-STS policy nor redirects from www. or port 80',
      behaviour: { web: { mtaSts: null, http: 'serve', wwwRedirects: false }, zone: { mtaSts: null } },
    },
    {
      says: 'deletes nothing of its own accord, and says nothing of it',
      behaviour: {
        retention: { messageDays: 0, largeDays: 0, accountDays: 0, roomAbovePercent: 0 },
        privacy: { statesRetention: false },
      },
    },
    {
      says: 'sends to each recipient apart, believes any certificate, and gives up after three tries without a word',
      behaviour: {
        outbound: {
          queue: {
            transactions: 'per-recipient',
            firstRetrySeconds: 60,
            lifetimeDays: 135 / 86_400,
            undeliverable: 'dropped',
          },
          transport: { verifies: 'nobody', startTls: 'offered' },
        },
      },
    },
    {
      says: 'takes mail from other servers without STARTTLS, and asks for no signature',
      behaviour: {
        inbound: {
          session: { requiresTls: false },
          dkim: { required: false },
          foreignRecipientReply: '550 5.7.1 Relaying denied',
        },
      },
    },
    { says: 'wakes no devices until its operator wants that', behaviour: { push: { notifies: 'nobody' } } },
    { says: 'signs nothing', behaviour: { dkim: { signs: false, published: 'nothing' } } },
    { says: 'has port 443 for the web alone', behaviour: { tls: { sharedPort: [] } } },
    {
      says: 'answers /mxdeliv with 403 to what it refuses, and takes nothing without a recipient',
      behaviour: { inbound: { mxdeliv: { refusalStatus: 403, taken: 'OK', withoutRecipients: 'refuse' } } },
    },
    {
      says: 'gives credentials for calls that are good for a day',
      behaviour: { calls: { credentialSeconds: 86_400 } },
    },
  ],
}
