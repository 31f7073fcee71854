// Defects about the extensions an IMAP server offers.
import type { Defect } from '../types.ts'

export const imapExtensionDefects = {
  'lists-id-in-vain': {
    violates: 'imap.answers-id',
    title: 'lists ID and does not know it',
    behaviour: { imap: { commands: { unknown: ['ID'] } } },
  },
  'answers-id-with-nothing': {
    violates: 'imap.answers-id',
    title: 'says OK to ID and tells nothing',
    behaviour: { imap: { id: { answer: 'absent' } } },
  },
  'has-no-namespace': {
    violates: 'imap.shows-namespace',
    title: 'lists NAMESPACE and tells none',
    behaviour: { imap: { namespace: { personal: 'nil' } } },
  },
  'ignores-changedsince': {
    violates: 'imap.tells-changes-by-modseq',
    title: 'lists CONDSTORE and ignores CHANGEDSINCE',
    behaviour: { imap: { condstore: { changedSince: 'ignored' } } },
  },
  'modseq-stands-still': {
    violates: 'imap.tells-changes-by-modseq',
    title: 'lists CONDSTORE and never changes a mod-sequence',
    behaviour: { imap: { condstore: { modseq: 'constant' } } },
  },
  'refuses-promised-compression': {
    violates: 'imap.keeps-its-word-on-compression',
    title: 'lists COMPRESS=DEFLATE and refuses it',
    behaviour: { imap: { compress: { answer: 'no' } } },
  },
  'compresses-nothing': {
    violates: 'imap.keeps-its-word-on-compression',
    title: 'says OK to COMPRESS and goes on uncompressed',
    behaviour: { imap: { compress: { afterwards: 'plain' } } },
  },
  'falls-silent-when-compressing': {
    violates: 'imap.keeps-its-word-on-compression',
    title: 'says OK to COMPRESS and nothing after that',
    behaviour: { imap: { compress: { afterwards: 'silence' } } },
  },
  'names-quota-root-only': {
    violates: 'imap.shows-quota',
    title: 'names the quota root and no figures',
    behaviour: { imap: { quota: { answers: 'root-only' } } },
  },
  'tells-no-quota': {
    violates: 'imap.shows-quota',
    title: 'lists QUOTA and tells nothing',
    behaviour: { imap: { quota: { answers: 'nothing' } } },
  },
  'quota-stays-zero': {
    violates: 'imap.counts-quota',
    title: 'always tells that nothing is used',
    behaviour: { imap: { quota: { usage: 'zero' } } },
  },
  'counts-quota-in-bytes': {
    violates: 'imap.counts-quota',
    title: 'tells octets where units of 1024 are meant',
    behaviour: { imap: { quota: { usage: 'in-bytes' } } },
  },
} as const satisfies Record<string, Defect>
