// Delta Chat on a server: what people do in chats.
import type { Requirement } from '../types.ts'

export const chatting = {
  'deltachat.carries-chat': {
    level: 'must',
    basis: 'client-relies',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Brings what Delta Chat users do in a chat to the other side: texts, reactions, receipts, edits and deletions.',
    why: 'Each of them is a mail of its own, fetched with the exact commands of the core. One that gets lost on the way leaves two phones that show different chats.',
    sources: [{ title: 'chatmail/core, src/imap.rs and src/imap/session.rs: header and body FETCH' }],
    fix: {
      any: 'Log a session of Delta Chat on the server, and look at the FETCH after EXISTS: UID, RFC822.SIZE and the header fields must come in one reply.',
    },
  },
  'deltachat.carries-group': {
    level: 'must',
    basis: 'client-relies',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Brings a message to a group to each of its members.',
    why: 'A group message goes out once, with one RCPT a member. Members that are left out do not even learn of the group.',
    sources: [{ title: 'chatmail/core, src/smtp/send.rs' }],
    fix: { any: 'Deliver to every recipient of a transaction; look at recipient limits in the delivery agent.' },
  },
  'deltachat.carries-files': {
    level: 'must',
    basis: 'client-relies',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Brings files from one Delta Chat to the other, to the last octet.',
    why: 'Photos and voice messages are most of what is sent. Above 140,000 octets they travel as a mail of their own beside the announcement of it.',
    sources: [{ title: 'chatmail/core, src/mimefactory.rs: pre- and post-messages' }],
    fix: {
      any: 'Look for what cuts or drops large mail: size limits of the filter, of the delivery agent, of a proxy.',
    },
  },
  'deltachat.arrives-quickly': {
    level: 'must',
    basis: 'deployed-practice',
    impact: 'speed',
    promise: 'speed',
    text: 'Takes less than a second from one Delta Chat to the other, for one message after another.',
    why: 'It is what users feel: with encryption, sending, the notice of the server, fetching and decryption in it.',
    sources: [{ title: 'chatmail.at: message delivery is well under a second, end to end' }],
    fix: {
      any: 'See delivery/arrives-under-a-second for the share of the server, stage by stage; the rest is the clients and the network.',
    },
  },
  'deltachat.reaches-other-servers': {
    level: 'must',
    basis: 'deployed-practice',
    impact: 'interop',
    promise: 'interop',
    text: 'Lets Delta Chat users verify and write to those of another chatmail server, as if they were on the same one.',
    why: 'People do not choose a server to be with their friends. Between servers each message needs a signature, a way to the other server, and a filter there that takes it.',
    sources: [
      { title: 'chatmail.at: fully and securely interoperable' },
      { title: 'chatmail/relay, doc: DKIM with strict alignment' },
    ],
    fix: {
      any: 'Send a message by hand and follow it in both mail logs: outgoing port 25, the DKIM record and signature, and the policy of the other side. Look at the queue of the sender (mailq) first.',
    },
  },
  'deltachat.serves-second-device': {
    level: 'must',
    basis: 'client-relies',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Keeps two devices of one account in step: what others send comes to both, and what one sends shows on the other.',
    why: 'With a second device, Delta Chat sends each message to its own address, too, and leaves mail on the server. A server that drops mail to oneself leaves the other device without one half of every chat.',
    sources: [{ title: 'chatmail/core, src/smtp/send.rs: bcc_self' }],
    fix: { any: 'Deliver to the sender as to anybody else when it is among the recipients of its own message.' },
  },
} as const satisfies Record<string, Requirement>
