// Settings of a relay that break a promise, how each is set, and the findings that must name it: these and no others among
// the checks that are tried. Read by chatmail.test.ts, which tries some, and by try-broken-settings.ts, which tries all.
import type { Result, Verdict } from '../../harness/result/schema.ts'
import type { Change, Testbed } from './testbed.ts'

export interface BrokenSetting extends Change {
  readonly title: string
  /** Patterns of the checks that are tried. */
  readonly only: readonly string[]
  readonly flags?: readonly string[]
  /** What whoever runs chatmail-check has beside the relay: the mail domain peer.test, or its clean-up. */
  readonly power?: 'peer' | 'expire'
  /** Verdicts other than pass. */
  readonly expected: Readonly<Record<string, Verdict>>
}

/** Both submission ports, with a parameter of Postfix of their own. */
const onSubmission = (parameter: string, value: string) =>
  ['submission', 'submissions']
    .map((name) => `postconf -c postfix -P "${name}/inet/${parameter}=${value}"`)
    .join(' && ')

/** Lines for a block of dovecot.conf; what comes last counts. */
const inDovecot = (block: string, line: string) => `printf "${block} {\\n  ${line}\\n}\\n" >>dovecot.conf`

const all =
  (verdict: Verdict) =>
  (...checks: readonly string[]): Readonly<Record<string, Verdict>> =>
    Object.fromEntries(checks.map((check) => [check, verdict]))

const fails = all('fail')
const notOffered = all('unsupported')
/** Optional: mail of other servers by HTTPS. */
const noMailByHttps = notOffered('inbound/takes-mail-by-https', 'inbound/accepts-encrypted-by-https')
/** Waits for another one, or for a port. */
const undecided = all('inconclusive')
/** A later run will know. */
const later = all('skipped')

export const brokenSettings: Readonly<Record<string, BrokenSetting>> = {
  'cleartext-out': {
    title: 'the filter takes whatever users send, encrypted or not',
    settings: { require_encryption_out: 'no' },
    only: ['encryption/refuses-cleartext*', 'encryption/refuses-read-receipt', 'encryption/accepts-pkesk-v6-seipd-v2'],
    expected: fails(
      'encryption/refuses-cleartext',
      'encryption/refuses-cleartext-by-every-way',
      'encryption/refuses-cleartext-to-self',
      'encryption/refuses-cleartext-to-other-domain',
      'encryption/refuses-cleartext-to-several',
      'encryption/refuses-cleartext-octet-stream',
      'encryption/refuses-cleartext-in-armour',
      'encryption/refuses-read-receipt',
    ),
  },
  'sender-map-removed': {
    title: 'Postfix looks at no map of who may use which address',
    shell: onSubmission('smtpd_sender_restrictions', ''),
    only: ['sender/**'],
    expected: fails(
      'sender/refuses-envelope-of-other-user',
      'sender/refuses-envelope-of-other-user-over-starttls',
      'sender/refuses-envelope-of-other-domain',
    ),
  },
  'sender-unchecked-on-587': {
    title: 'port 587 has no filter, and no map of who may use which address',
    shell: 'postconf -c postfix -P submission/inet/smtpd_milters= submission/inet/smtpd_sender_restrictions=',
    only: ['sender/**'],
    flags: ['--profile', 'list'],
    expected: fails(
      'sender/refuses-envelope-of-other-user-over-starttls',
      'sender/refuses-other-local-user-over-starttls',
    ),
  },
  'author-unchecked': {
    title: 'the filter does not compare From with the login',
    settings: { check_author: 'no' },
    only: ['sender/**'],
    expected: fails(
      'sender/refuses-other-local-user',
      'sender/refuses-other-local-user-over-starttls',
      'sender/refuses-foreign-domain',
      'sender/refuses-no-from',
      'sender/refuses-first-from-foreign',
      'sender/refuses-first-mailbox-foreign',
      'sender/refuses-no-address',
      'sender/refuses-display-name-own',
      'sender/refuses-comment-own',
      'sender/refuses-sender-own',
    ),
  },
  'headers-kept': {
    title: 'the filter leaves all header fields as users write them',
    settings: { clean_headers: 'no' },
    only: ['privacy/**'],
    expected: fails(
      'privacy/removes-user-agent',
      'privacy/removes-x-mailer',
      'privacy/removes-x-originating-ip',
      'privacy/replaces-subject',
    ),
  },
  'received-kept': {
    title: 'no header_checks: Postfix writes who sent, and Received fields are stored',
    shell: ': >postfix/submitted-headers; : >postfix/stored-headers',
    only: ['privacy/**'],
    expected: fails(
      'privacy/hides-client-address',
      'privacy/hides-client-address-over-starttls',
      'privacy/hides-client-name',
      'privacy/removes-received',
      'privacy/stores-no-dkim-signature',
    ),
  },
  'slow-filter': {
    title: 'the filter takes two seconds for a message',
    settings: { delay_seconds: 2 },
    only: ['delivery/arrives-under-a-second', 'delivery/keeps-bytes'],
    expected: fails('delivery/arrives-under-a-second'),
  },
  'loses-mail': {
    title: 'every 50th message is lost',
    settings: { lose_every: 50, max_user_send_per_minute: 1000 },
    only: ['delivery/never-*'],
    flags: ['--profile', 'full', '--cost', 'bulk'],
    expected: fails('delivery/never-loses'),
  },
  'doubles-mail': {
    title: 'every 50th message comes twice',
    settings: { double_every: 50, max_user_send_per_minute: 1000 },
    only: ['delivery/never-*'],
    flags: ['--profile', 'full', '--cost', 'bulk'],
    expected: fails('delivery/never-duplicates'),
  },
  'size-untrue': {
    title: 'Postfix announces 30 MiB, Dovecot stores no message above 500 kB',
    shell: inDovecot('plugin', 'quota_max_mail_size = 500k'),
    only: ['delivery/advertises-size', 'delivery/delivers-message-of-1-mb', 'delivery/keeps-bytes'],
    flags: ['--profile', 'list'],
    expected: fails('delivery/delivers-message-of-1-mb'),
  },
  'small-messages': {
    title: 'message_size_limit of Postfix as it comes',
    settings: { max_message_size: 10_240_000 },
    only: ['delivery/advertises-size', 'delivery/delivers-message-of-1-mb', 'limits/refuses-announced-oversize'],
    flags: ['--profile', 'list'],
    expected: fails('delivery/advertises-size'),
  },
  'tiny-quota': {
    title: 'room for 10 MB',
    settings: { max_mailbox_size: '10M' },
    only: ['limits/*', 'imap/*quota*'],
    flags: ['--profile', 'list'],
    expected: fails('limits/gives-hundred-megabytes'),
  },
  'five-a-minute': {
    title: 'users may send five messages a minute',
    settings: { max_user_send_per_minute: 5 },
    only: ['delivery/accepts-burst-of-ten', 'delivery/keeps-bytes'],
    flags: ['--profile', 'list', '--fresh'],
    expected: fails('delivery/accepts-burst-of-ten'),
  },
  'few-recipients': {
    title: 'twenty recipients in a transaction',
    shell: 'postconf -c postfix -e smtpd_recipient_limit=20',
    only: ['limits/takes-hundred-recipients', 'delivery/reaches-every-recipient'],
    flags: ['--profile', 'list'],
    expected: fails('limits/takes-hundred-recipients'),
  },
  'few-sessions': {
    title: 'three IMAP sessions of an account',
    shell: inDovecot('protocol imap', 'mail_max_userip_connections = 3'),
    only: ['limits/holds-five-sessions', 'imap/tells-*'],
    flags: ['--profile', 'list'],
    expected: fails('limits/holds-five-sessions'),
  },
  'idle-not-offered': {
    title: 'Dovecot tells clients of no IDLE',
    shell:
      'echo "imap_capability = IMAP4rev1 LITERAL+ UIDPLUS MOVE QUOTA METADATA XDELTAPUSH XCHATMAIL" >>dovecot.conf',
    only: ['imap/advertises-*', 'imap/idles', 'imap/notifies-*', 'imap/selects-inbox'],
    expected: fails('imap/advertises-idle'),
  },
  'idle-mute': {
    title: 'the kernel has no room for another inotify instance, so Dovecot looks for new mail once an hour',
    shell: `${inDovecot('protocol imap', 'mailbox_idle_check_interval = 1 hour')}; dovecot() { "$here/without-inotify.sh" dovecot "$@"; }`,
    only: ['imap/notifies-*', 'imap/idles', 'imap/shows-new-mail-at-select', 'imap/reports-new-mail-on-noop'],
    expected: fails('imap/notifies-while-idle', 'imap/notifies-in-next-idle'),
  },
  'no-chatmail-capability': {
    title: 'imap_capability as Dovecot has it',
    shell: "sed -i '/^imap_capability/d' dovecot.conf",
    only: ['imap/advertises-*', 'imap/selects-inbox'],
    expected: fails('imap/advertises-xchatmail'),
  },
  'metadata-off': {
    title: 'Dovecot offers no METADATA',
    shell: inDovecot('protocol imap', 'imap_metadata = no'),
    only: ['imap/*metadata*', 'imap/*token*', 'imap/names-*', 'imap/tells-most-recipients'],
    flags: ['--profile', 'list'],
    expected: notOffered(
      'imap/answers-core-metadata-request',
      'imap/tolerates-unknown-metadata-keys',
      'imap/names-iroh-relay',
      'imap/names-turn-server',
      'imap/tells-most-recipients',
      'imap/names-admin-by-uri',
      'imap/keeps-device-token',
      'imap/adds-device-tokens',
      'imap/takes-device-token-as-literal',
    ),
  },
  'login-in-clear': {
    title: 'Dovecot lets users log in without TLS',
    shell: 'printf "ssl = yes\\ndisable_plaintext_auth = no\\n" >>dovecot.conf',
    only: ['imap/*login*', 'imap/logs-in-*', 'imap/refuses-*', 'sender/*tls*'],
    expected: fails('imap/refuses-cleartext-login'),
  },
  'submission-without-tls': {
    title: 'port 587 asks for no TLS',
    shell: 'postconf -c postfix -P submission/inet/smtpd_tls_security_level=may submission/inet/smtpd_tls_auth_only=no',
    only: ['imap/refuses-cleartext-login', 'sender/*tls*'],
    expected: fails('sender/offers-no-login-before-tls', 'sender/refuses-login-before-tls'),
  },
  'address-literals-refused': {
    title: 'submission wants a host name in EHLO',
    shell: `echo '/^\\[/ REJECT' >postfix/helo && ${onSubmission('smtpd_helo_restrictions', 'check_helo_access,regexp:$dir/postfix/helo')}`,
    only: ['sender/accepts-address-literal', 'sender/offers-plain-login', 'imap/selects-inbox'],
    expected: fails('sender/accepts-address-literal'),
  },
  'open-relay': {
    title: 'port 25 trusts the whole world',
    shell:
      'postconf -c postfix -e mynetworks=0.0.0.0/0 smtpd_relay_restrictions=permit_mynetworks,reject_unauth_destination',
    only: ['inbound/**', 'sender/refuses-mail-without-login'],
    flags: ['--profile', 'list'],
    expected: fails('inbound/relays-for-nobody'),
  },
  'port-25-in-clear': {
    title: 'port 25 asks for no TLS',
    shell: 'postconf -c postfix -e smtpd_tls_security_level=may',
    only: ['inbound/**'],
    flags: ['--profile', 'list'],
    expected: fails('inbound/requires-starttls'),
  },
  'port-25-closed': {
    title: 'Postfix does not listen on port 25',
    shell: 'postconf -c postfix -MX smtp/inet; closed=25',
    only: ['transport/**', 'inbound/requires-starttls', 'delivery/keeps-bytes'],
    flags: ['--profile', 'list'],
    expected: { ...fails('transport/exchanges-take-mail'), ...undecided('inbound/requires-starttls') },
  },
  'recipients-told': {
    title: 'Postfix knows who has a mailbox, and says so to everybody',
    shell:
      onSubmission('smtpd_recipient_restrictions', 'reject_unverified_recipient') +
      ' && postconf -c postfix -e smtpd_recipient_restrictions=reject_unverified_recipient unverified_recipient_reject_code=550',
    only: ['privacy/vrfy-tells-nothing', 'inbound/*-tells-nothing'],
    flags: ['--profile', 'list'],
    expected: fails('privacy/vrfy-tells-nothing', 'inbound/vrfy-tells-nothing', 'inbound/rcpt-tells-nothing'),
  },
  'registration-closed': {
    title: 'nobody gets a new account',
    shell: "sed -i 's/if #password < password_min then/if true then/' accounts.lua",
    only: ['onboarding/creates-account-on-first-*', 'onboarding/lets-owner-back-in'],
    expected: fails('onboarding/creates-account-on-first-imap-login', 'onboarding/creates-account-on-first-smtp-login'),
  },
  'passwords-cut': {
    title: 'passwords are compared by their first eight characters',
    shell: "sed -i 's/if known == password then/if known:sub(1, 8) == password:sub(1, 8) then/' accounts.lua",
    only: ['onboarding/*password*', 'onboarding/lets-*'],
    flags: ['--profile', 'list'],
    expected: fails('onboarding/compares-whole-password'),
  },
  'other-name-on-587': {
    title: 'port 587 shows a certificate for another name',
    shell:
      'certificate other 90 DNS:elsewhere.test 2>log/other.log && postconf -c postfix -P "submission/inet/smtpd_tls_chain_files=$dir/other/chain.pem"',
    only: ['transport/**', 'onboarding/autoconfig-endpoints-work', 'delivery/delivers-over-starttls', 'sender/*tls*'],
    flags: ['--profile', 'list'],
    expected: {
      ...fails(
        'onboarding/autoconfig-endpoints-work',
        'transport/certificate-carries-name',
        'transport/shows-one-certificate',
      ),
      ...notOffered('sender/logs-in-after-starttls', 'delivery/delivers-over-starttls'),
    },
  },
  'expired-on-465': {
    title: 'port 465 shows a certificate that has expired',
    shell:
      'certificate old 0 DNS:$domain 2>log/old.log && postconf -c postfix -P "submissions/inet/smtpd_tls_chain_files=$dir/old/chain.pem"',
    only: ['transport/**', 'onboarding/autoconfig-endpoints-work', 'sender/offers-plain-login'],
    flags: ['--profile', 'list'],
    expected: {
      ...fails(
        'onboarding/autoconfig-endpoints-work',
        'transport/certificate-is-in-date',
        'transport/shows-one-certificate',
        // nginx leads there.
        'transport/serves-smtp-on-443',
      ),
      ...notOffered('transport/accepts-alpn-smtp'),
    },
  },
  unsigned: {
    title: 'OpenDKIM is not asked to sign',
    shell: onSubmission('smtpd_milters', 'unix:$dir/run/filter.sock'),
    only: ['deltachat/carries-file-across'],
    flags: ['--with', 'chat-b.test', '--profile', 'full'],
    expected: fails('deltachat/carries-file-across@chat-a.test>chat-b.test'),
  },
  'other-name-on-25': {
    title: 'port 25 shows a certificate for another name',
    shell:
      'certificate other 90 DNS:elsewhere.test 2>log/other.log && postconf -c postfix -P "smtp/inet/smtpd_tls_chain_files=$dir/other/chain.pem"',
    only: ['transport/**', 'deltachat/carries-file-across', 'inbound/requires-starttls'],
    flags: ['--with', 'chat-b.test', '--profile', 'full'],
    expected: fails(
      'deltachat/carries-file-across@chat-b.test>chat-a.test',
      'transport/certificate-carries-name',
      'transport/shows-one-certificate',
    ),
  },
  'old-tls': {
    title: 'submission speaks TLS 1.2 and nothing newer',
    shell: onSubmission('smtpd_tls_mandatory_protocols', '>=TLSv1.2,<=TLSv1.2'),
    only: ['transport/**', 'sender/*tls*', 'onboarding/autoconfig-endpoints-work'],
    flags: ['--profile', 'list'],
    expected: fails('transport/speaks-tls-1.3'),
  },
  'older-tls': {
    title: 'IMAP speaks TLS 1.0 as well',
    shell: 'printf "ssl_min_protocol = TLSv1\\nssl_cipher_list = ALL:!aNULL:!eNULL@SECLEVEL=0\\n" >>dovecot.conf',
    only: ['transport/**', 'imap/logs-in-over-starttls'],
    flags: ['--profile', 'list'],
    expected: fails('transport/refuses-legacy-tls'),
  },
  'expiry-off': {
    title: 'nothing is ever deleted, whatever the privacy policy says',
    settings: { delete_mails_after: 36_500 },
    only: ['retention/*'],
    flags: ['--profile', 'list'],
    power: 'expire',
    // Only time tells it from a server that counts the days from filing.
    expected: later(
      'retention/deletes-old-mail',
      'retention/deletes-unread-mail',
      'retention/deletes-mail-in-every-mailbox',
      'retention/deletes-backdated-mail',
      'retention/deletes-backdated-mail-in-every-mailbox',
    ),
  },
  'expiry-early': {
    title: 'mail is deleted after two days, and the privacy policy says twenty',
    shell: "sed -i 's/^delete_mails_after.*/delete_mails_after = 2/' relay.ini",
    only: ['retention/*'],
    flags: ['--profile', 'list'],
    power: 'expire',
    expected: fails(
      'retention/keeps-mail-until-then',
      'retention/keeps-large-mail-until-then',
      'retention/keeps-backdated-mail',
      'retention/keeps-backdated-large-mail',
    ),
  },
  'alignment-off': {
    title: 'a good signature of any domain is enough',
    settings: { require_alignment: 'no' },
    only: ['inbound/**'],
    flags: ['--profile', 'list'],
    power: 'peer',
    expected: {
      ...fails(
        'inbound/refuses-other-domain',
        'inbound/refuses-domain-below',
        'inbound/refuses-domain-above',
        'inbound/refuses-foreign-first-author',
      ),
      ...noMailByHttps,
    },
  },
  'cleartext-in': {
    title: 'mail of other servers may come in clear',
    settings: { require_encryption_in: 'no' },
    only: ['inbound/refuses-cleartext*', 'inbound/refuses-read-receipt', 'inbound/refuses-un*', 'inbound/*-https'],
    flags: ['--profile', 'list'],
    power: 'peer',
    expected: {
      ...fails(
        'inbound/refuses-cleartext',
        'inbound/refuses-cleartext-in-armour',
        'inbound/refuses-cleartext-octet-stream',
        'inbound/refuses-read-receipt',
      ),
      ...noMailByHttps,
    },
  },
  'autoconfig-dead-port': {
    title: 'the autoconfig document names a port where nobody answers',
    shell: "sed -i 's|<port>993</port>|<port>9993</port>|' web/.well-known/autoconfig/mail/config-v1.1.xml",
    only: ['onboarding/*autoconfig*', 'transport/**'],
    flags: ['--profile', 'list'],
    expected: fails('onboarding/autoconfig-endpoints-work'),
  },
  'pages-from-elsewhere': {
    title: 'the page loads a script from another host, and nginx tells its version',
    shell:
      "sed -i 's|<title>|<script src=\"https://elsewhere.invalid/x.js\"></script><title>|' web/index.html && sed -i 's/server_tokens off/server_tokens on/' nginx.conf",
    only: ['privacy/pages-*', 'privacy/tells-*', 'onboarding/shows-*'],
    expected: fails('privacy/pages-load-nothing-from-others', 'privacy/tells-no-software-version'),
  },
  'new-without-answer': {
    title: 'the web server knows no /new',
    shell: "sed -i 's|location = /new |location = /old |' nginx.conf",
    only: ['onboarding/new-*', 'onboarding/creates-*'],
    expected: {
      ...fails('onboarding/new-proposes-credentials', 'onboarding/new-redirects-browsers'),
      ...undecided(
        'onboarding/new-proposals-differ',
        'onboarding/new-proposal-works',
        'onboarding/new-takes-absolute-form',
        'onboarding/new-at-legacy-path',
      ),
    },
  },
}

/** Starts the relay chat-a.test with the setting and checks it: all verdicts but pass. */
export async function tryBrokenSetting(testbed: Testbed, setting: BrokenSetting): Promise<Record<string, Verdict>> {
  await testbed.restart('a', setting)
  const patterns = setting.only.flatMap((pattern) => ['--only', pattern])
  const args = ['chat-a.test', ...patterns, ...(setting.flags ?? [])]
  // What was planted under another setting tells of that one.
  if (setting.power === 'expire') args.push('--fresh', ...testbed.expiryOf('a'))
  const { result } = await (setting.power === 'peer' ? testbed.checkWithPeer(...args) : testbed.check(...args))
  return troubles(result)
}

/** What was tried and did not pass, or not yet. */
function troubles({ findings }: Result): Record<string, Verdict> {
  const told = findings.filter(({ verdict, skipped }) => verdict !== 'pass' && (!skipped || skipped === 'later'))
  return Object.fromEntries(told.map(({ check, verdict }) => [check, verdict]))
}
