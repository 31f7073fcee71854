// What a scenario file says by `prepare`, checked. Used by the chatmail module and the run.
import type { Needs } from './api.ts'

export interface KnownNeeds {
  readonly accounts: number
  readonly servers: 1 | 2
  readonly signUps: number
  readonly attachments: Readonly<Record<string, number>>
}

export const usualNeeds: KnownNeeds = { accounts: 2, servers: 1, signUps: 0, attachments: {} }

const mostAccounts = 10_000
/** Octets: more than servers take. */
const largest = 30_000_000

/** Throws Error, which names what is wrong. */
export function readNeeds(given: Needs): KnownNeeds {
  const needs = { ...usualNeeds, ...given }
  whole('accounts', needs.accounts, 0, mostAccounts)
  whole('signUps', needs.signUps, 0, mostAccounts)
  if (needs.servers !== 1 && needs.servers !== 2) throw new Error('prepare: servers is 1 or 2')
  for (const [name, octets] of Object.entries(needs.attachments)) {
    if (!/^[a-z0-9]{1,20}$/i.test(name))
      throw new Error(`prepare: "${name}" is no name of an attachment: letters and digits`)
    whole(`attachments.${name}`, octets, 0, largest)
  }
  const unknown = Object.keys(given).find((key) => !Object.hasOwn(usualNeeds, key))
  if (unknown !== undefined) throw new Error(`prepare: "${unknown}" is not known`)
  return needs
}

function whole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw new Error(`prepare: ${name} is a whole number from ${least} to ${most}, not ${value}`)
}
