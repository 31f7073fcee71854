// In place of ../chatmail/consent.ts in an exported script: the addresses that were agreed to, and no others.
import type { Consent } from '../chatmail/consent.ts'

export function demandConsent(address: string, { addresses }: Consent): void {
  if (!addresses.includes(address)) throw new Error(`no load goes to ${address}: nobody has agreed to it`)
}
