// The words of the catalogue for people: levels, reasons, makes of servers, and what the names in capitals stand for.
// Used by `explain`, by reports and by docs/catalogue.md.
import type { Implementation, Level, Requirement } from './types.ts'

export const levels: Readonly<Record<Level, string>> = {
  must: 'without it a client or another server breaks, or a promise of security or privacy',
  should: 'a recommendation: a server without it works, but not as well as people are promised',
  may: 'optional: nobody is blamed for leaving it out, only for doing it wrong',
}

export const bases: Readonly<Record<Requirement['basis'], string>> = {
  standard: 'a standard asks for it',
  'client-relies': 'clients rely on it',
  'deployed-practice': 'the deployed relays do it',
}

export const makes: Readonly<Record<Implementation, string>> = {
  relay: 'On a chatmail relay',
  madmail: 'On madmail',
  'postfix-dovecot': 'With Postfix and Dovecot',
}

/** Names in capitals that stand for something of the reader's own. */
export const placeholders: Readonly<Record<string, string>> = {
  DOMAIN: 'the mail domain of the server',
  HOST: 'the name of the server',
  USER: 'the address of a user',
}

/** `DOMAIN: the mail domain of the server`, for each that a text uses. */
export function placeholdersIn(text: string): readonly string[] {
  return Object.entries(placeholders)
    .filter(([name]) => new RegExp(`\\b${name}\\b`).test(text))
    .map(([name, meaning]) => `${name}: ${meaning}`)
}
