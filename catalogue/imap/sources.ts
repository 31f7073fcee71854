// Where the IMAP requirements come from, written once. Used by the other files of this folder.
import type { Source } from '../types.ts'

export function rfc(number: number, section: string): Source {
  return {
    title: `RFC ${number} section ${section}`,
    url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
  }
}

/** The client that everybody on a chatmail server uses: what it sends over IMAP was recorded from 2.57 and 2.62. */
export function core(what: string): Source {
  return { title: `Delta Chat core 2.57 and 2.62, src/imap.rs: ${what}` }
}

export function relay(where: string): Source {
  return { title: `chatmail/relay 1.12, ${where}` }
}

/** What nearly every failure of plain IMAP has in common. */
export const stockServer =
  'Most servers do this by themselves, a stock Dovecot among them. Look for a plugin, a proxy or a patch in front of it, and update the server.'
