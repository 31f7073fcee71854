// Names and passwords of new accounts, as a host's policy wants them. Used by checks and by load.
import { randomInt } from 'node:crypto'
import type { Policy } from './host.ts'

export type CredentialPolicy = Pick<Policy, 'localpartMin' | 'localpartMax' | 'passwordMin'>

export const localpartLetters = 'abcdefghijklmnopqrstuvwxyz0123456789'
export const passwordLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Real randomness, not the seed's: these are passwords, and names must not meet those of another run. */
export function randomText(alphabet: string, length: number): string {
  let text = ''
  for (let at = 0; at < length; at++) text += alphabet[randomInt(alphabet.length)]
  return text
}

/** A name that operators can tell apart (`ci-`) where there is room for it, and a password. */
export function newCredentials(
  domain: string,
  policy: CredentialPolicy,
): { readonly address: string; readonly password: string } {
  const length = localpartLength(policy)
  const prefix = length < 6 ? '' : 'ci-'
  return {
    address: `${prefix}${randomText(localpartLetters, length - prefix.length)}@${domain}`,
    password: randomText(passwordLetters, passwordLength(policy)),
  }
}

export function localpartLength({ localpartMin, localpartMax }: CredentialPolicy): number {
  return localpartMax.value < 9 ? localpartMax.value : Math.max(9, localpartMin.value)
}

export function passwordLength({ passwordMin }: CredentialPolicy): number {
  return Math.max(22, passwordMin.value)
}
