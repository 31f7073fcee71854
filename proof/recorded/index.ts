// Everything recorded from real chatmail relays, and which requirements it is a witness of. Used by proof/witnesses.ts;
// proof/recorded.test.ts holds the reference server to the same dialogues.
import { deliveries } from './deliveries.ts'
import { figures } from './figures.ts'
import { filter } from './filter.ts'
import { imapLogin } from './imap-login.ts'
import { imapMailbox } from './imap-mailbox.ts'
import { port25 } from './port-25.ts'
import { submission } from './submission.ts'
import { web } from './web.ts'

export const recorded = {
  smtp: [...submission, ...filter, ...port25],
  imap: [...imapLogin, ...imapMailbox],
  web,
  deliveries,
  figures,
} as const

const all = [...recorded.smtp, ...recorded.imap, ...recorded.web, ...recorded.deliveries, ...recorded.figures]

/** Requirement id to the names of the cases in which the relay is seen to keep it. */
export const recordedWitnesses: Readonly<Record<string, readonly string[]>> = byRequirement((one) => one.witnesses)

/** The same for cases that show a part of the requirement: no witnesses. */
export const recordedInPart: Readonly<Record<string, readonly string[]>> = byRequirement((one) => one.partly ?? [])

function byRequirement(idsOf: (one: (typeof all)[number]) => readonly string[]): Record<string, readonly string[]> {
  const names: Record<string, string[]> = {}
  for (const one of all) {
    for (const id of idsOf(one)) {
      names[id] ??= []
      names[id].push(one.name)
    }
  }
  return names
}
