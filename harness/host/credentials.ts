// Names and passwords of new accounts, as a host's policy wants them. Used by checks and by load.
import { randomInt } from 'node:crypto'
import type { Policy } from './host.ts'

export const localpartLetters = 'abcdefghijklmnopqrstuvwxyz0123456789'
export const passwordLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Real randomness, not the seed's: these are passwords, and names must not meet those of another run. */
export function randomText(alphabet: string, length: number): string {
  let text = ''
  for (let at = 0; at < length; at++) text += alphabet[randomInt(alphabet.length)]
  return text
}

export function localpartLength({ localpartMin, localpartMax }: Policy): number {
  return localpartMax.value < 9 ? localpartMax.value : Math.max(9, localpartMin.value)
}

export function passwordLength({ passwordMin }: Policy): number {
  return Math.max(22, passwordMin.value)
}
