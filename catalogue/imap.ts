// What a chatmail server owes its users: IMAP as Delta Chat and other mail programs rely on it.
import { imapCommands } from './imap/commands.ts'
import { imapExtensions } from './imap/extensions.ts'
import { imapFetch } from './imap/fetch.ts'
import { imapFlags } from './imap/flags.ts'
import { imapLogin } from './imap/login.ts'
import { imapMailboxes } from './imap/mailboxes.ts'
import { imapMetadata } from './imap/metadata.ts'
import { imapSelection } from './imap/selection.ts'
import { imapSession } from './imap/session.ts'
import { imapUpdates } from './imap/updates.ts'
import type { Requirement } from './types.ts'

export const imap = {
  ...imapSession,
  ...imapLogin,
  ...imapSelection,
  ...imapFetch,
  ...imapFlags,
  ...imapMailboxes,
  ...imapUpdates,
  ...imapCommands,
  ...imapExtensions,
  ...imapMetadata,
} as const satisfies Record<string, Requirement>
