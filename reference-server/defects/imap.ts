// Defects about the IMAP side, joined from one file a family.
import { imapCommandDefects } from './imap/commands.ts'
import { imapExtensionDefects } from './imap/extensions.ts'
import { imapFetchDefects } from './imap/fetch.ts'
import { imapFlagDefects } from './imap/flags.ts'
import { imapLoginDefects } from './imap/login.ts'
import { imapMailboxDefects } from './imap/mailboxes.ts'
import { imapMetadataDefects } from './imap/metadata.ts'
import { imapSelectionDefects } from './imap/selection.ts'
import { imapSessionDefects } from './imap/session.ts'
import { imapUpdateDefects } from './imap/updates.ts'
import type { Defect } from './types.ts'

export const imapDefects = {
  ...imapSessionDefects,
  ...imapLoginDefects,
  ...imapSelectionDefects,
  ...imapFetchDefects,
  ...imapFlagDefects,
  ...imapMailboxDefects,
  ...imapUpdateDefects,
  ...imapCommandDefects,
  ...imapExtensionDefects,
  ...imapMetadataDefects,
} as const satisfies Record<string, Defect>
