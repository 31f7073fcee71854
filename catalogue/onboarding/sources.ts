// Where the onboarding requirements come from, written once. Used by the other files of this folder.
import type { Source } from '../types.ts'

export function rfc(number: number, section: string): Source {
  return {
    title: `RFC ${number} section ${section}`,
    url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
  }
}

/** The app that everybody on a chatmail server uses: recorded from core 2.57 and 2.62. */
export function core(what: string): Source {
  return { title: `Delta Chat core 2.57 and 2.62: ${what}` }
}

export function relay(where: string): Source {
  return { title: `chatmail/relay 1.12, ${where}` }
}

/** What nearly every failure of logins on a chatmail relay has in common. */
export const authService =
  'See journalctl -u doveauth and -u dovecot: the dictionary service chatmaild/doveauth.py decides every login.'

export const newService =
  'See journalctl -u fcgiwrap and nginx: location /new runs chatmaild/newemail.py. Deploy anew with cmdeploy run.'
