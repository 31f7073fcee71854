// Words of the trade, for readers who never heard them. `explain` adds those that it has used; so does docs/catalogue.md.

export const glossary: Readonly<Record<string, string>> = {
  ALPN: 'how a client says, while TLS is set up, which protocol it wants to speak',
  APPEND: 'the IMAP command by which a client files a message of its own',
  armour: 'OpenPGP data written as text, between BEGIN and END lines',
  AUTH: 'the SMTP command for a login',
  autoconfig: 'a file by which mail programs find their settings',
  Autocrypt: 'a standard by which mail programs exchange keys in headers',
  bounce: 'a message that says that another one could not be delivered',
  cmdeploy: 'the program that installs a chatmail relay',
  COMPRESS: 'an IMAP extension that compresses the connection',
  CONDSTORE: 'an IMAP extension that tells what changed since the last visit',
  DATA: 'the SMTP command behind which the message itself comes',
  'dcaccount:': 'a link that opens Delta Chat and makes an account',
  'device token': 'an address at which a push service wakes a phone',
  DKIM: 'a signature of the sending domain over a message, with the key in its DNS',
  doveauth: 'the part of a chatmail relay that makes accounts and checks passwords',
  EHLO: 'how an SMTP client greets and asks what the server can do',
  envelope: 'sender and recipients as servers tell each other, beside the header of the message',
  EXISTS: 'how IMAP tells how many messages there are now',
  EXPUNGE: 'how IMAP removes messages that are marked as deleted',
  FETCH: 'the IMAP command that reads messages',
  filtermail: 'the part of a chatmail relay that lets only encrypted mail pass',
  GETMETADATA: 'the IMAP command that reads settings of a server or mailbox',
  IDLE: 'the IMAP command by which a client waits to be told of new mail',
  INTERNALDATE: 'when a message arrived, by the server',
  iroh: 'what apps use for direct connections between devices',
  literal: 'how IMAP sends octets as they are, with their number before them',
  LMTP: 'how a mail server hands a message to the mailbox server',
  madmail: 'a chatmail server in one program',
  METADATA: 'an IMAP extension for settings of a server or mailbox',
  'MTA-STS': 'a policy by which a domain demands TLS for its mail',
  MX: 'the DNS record that says which host takes the mail of a domain',
  '/mxdeliv': 'where newer relays take mail of other servers by HTTPS',
  '/new': 'the web address at which apps get a new account',
  PIPELINING: 'sending several SMTP commands without waiting between them',
  PKESK: 'the OpenPGP packet that holds the message key for one recipient',
  QUOTA: 'how much room a mailbox has',
  RCPT: 'the SMTP command that names a recipient',
  'reference server': 'the chatmail server built into chatmail-check, to try the checks on',
  securejoin: 'how two users verify each other by an invite link',
  SEIPD: 'the OpenPGP packet that holds encrypted data and protects it from changes',
  SELECT: 'the IMAP command that opens a mailbox',
  SKESK: 'the OpenPGP packet that holds the message key for a password',
  SNI: 'the name of the server that a client says while TLS is set up',
  STARTTLS: 'the command that turns a clear connection into an encrypted one',
  STUN: 'a protocol that tells a client its own public address',
  TURN: 'a protocol for relays through which calls go',
  UIDNEXT: 'the number that the next message of a mailbox will get',
  UIDVALIDITY: 'a number that stays as long as the numbers of messages in a mailbox hold',
  VRFY: 'the SMTP command that asks whether an address exists',
  XCHATMAIL: 'the word by which a chatmail server makes itself known to apps',
  XDELTAPUSH: 'the word by which a server says that it wakes devices',
}

/** Those of the words that a text uses, in the order of the text. */
export function wordsIn(text: string): readonly (readonly [string, string])[] {
  return Object.entries(glossary)
    .map(([word, meaning]) => ({ word, meaning, at: text.search(pattern(word)) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)
    .map(({ word, meaning }) => [word, meaning])
}

function pattern(word: string): RegExp {
  const plain = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![A-Za-z0-9/.-])${plain}(?:s?)(?![A-Za-z0-9-])`)
}
