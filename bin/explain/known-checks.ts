// Every check with the area it stands in and all that it needs, its batch's needs included. Used by explain and the catalogue.
import type { CheckMeta, Needs, Profile } from '../../harness/check/types.ts'
import { suites } from '../../suites/index.ts'

export interface KnownCheck {
  readonly check: CheckMeta
  readonly needs: Needs
}

export function knownChecks(): readonly KnownCheck[] {
  return suites.flatMap((suite) => [
    ...suite.checks.map((check) => ({ check, needs: check.needs ?? {} })),
    ...suite.batches.flatMap((batch) =>
      batch.members.map((check) => ({ check, needs: { ...batch.needs, ...check.needs } })),
    ),
  ])
}

const profiles: Readonly<Record<Profile, string>> = {
  quick: 'in every profile',
  list: 'in the profiles list and full',
  full: 'in the profile full',
}

const powers: Readonly<Record<string, string>> = {
  clock: "power over the server's clock",
  expire: "power over the server's clean-up",
  peer: 'a mail domain of our own',
  push: 'a push service of our own',
}

const costs: Readonly<Record<string, string>> = {
  slow: 'takes long',
  bulk: 'sends many messages',
  intrusive: 'could disturb or get us banned, so it needs --i-operate HOST',
}

/** When it runs, what it costs and what it needs: one phrase each. */
export function conditionsOf({ check, needs }: KnownCheck): readonly string[] {
  const many = (n: number | undefined, one: string) => (n ? [`${n} ${one}${n === 1 ? '' : 's'}`] : [])
  const used = [
    ...many(needs.accounts, 'account'),
    ...many(needs.creates, 'new account'),
    ...many(needs.messages, 'message'),
  ]
  const wanted = [
    ...(needs.hosts === 2 ? ['a second server (--with HOST)'] : []),
    ...(needs.deltachat ? ['Delta Chat core'] : []),
    ...(needs.powers ?? []).map((power) => powers[power] ?? power),
    ...(needs.reach?.includes('smtp') ? ['port 25 within reach'] : []),
  ]
  return [
    profiles[check.profile ?? 'quick'],
    ...(needs.cost ? [costs[needs.cost] ?? []].flat() : []),
    ...(used.length === 0 ? [] : [`uses ${used.join(', ')}`]),
    ...(wanted.length === 0 ? [] : [`needs ${wanted.join(', ')}`]),
  ]
}
