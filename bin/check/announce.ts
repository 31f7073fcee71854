// What a run is going to do, in words: the budget line before it, and the whole plan for --dry-run.
import { type Equipment, type Plan, planChecks, type Selection } from '../../harness/check/plan.ts'
import type { Suite } from '../../harness/check/types.ts'
import type { Host } from '../../harness/host/host.ts'
import { count } from '../../reports/words.ts'
import type { Opened } from './open-target.ts'

/** `chat.example: profile quick, 41 checks; at most 6 accounts, 31 messages (…), 60 connections.` */
export function announceBudget(
  host: Host,
  suites: readonly Suite[],
  selection: Selection,
  equipment: Equipment,
  profile: string,
): string {
  const plan = planChecks(host, suites, selection, equipment)
  return `${host.label}: profile ${profile}, ${count(checksOf(plan).length, 'check')}; at most ${budgetOf(plan, host)}.`
}

export function renderPlans(
  opened: readonly Opened[],
  suites: readonly Suite[],
  selection: Selection,
  equipment: (host: Host) => Equipment,
): string {
  const lines: string[] = []
  for (const { host } of opened) {
    const plan = planChecks(host, suites, selection, equipment(host))
    const checks = checksOf(plan)
    lines.push(`${host.label}: ${count(checks.length, 'check')} would run; at most ${budgetOf(plan, host)}`)
    for (const { service, address, port, security } of Object.values(host.endpoints)) {
      lines.push(`  ${service} at ${address}:${port} (${security})`)
    }
    for (const { id, title } of checks) lines.push(`  ${id}  ${title}`)
    for (const { check, reason } of plan.skipped) lines.push(`  not ${check.id}: ${reason}`)
  }
  return `${lines.join('\n')}\n`
}

const checksOf = (plan: Plan) => plan.units.flatMap((unit) => unit.members)

function budgetOf(plan: Plan, host: Host): string {
  const least = (key: keyof Plan['budget']): number => Math.min(plan.budget[key], host.budget[key])
  const accounts = host.accounts.mayCreate ? count(least('freshAccounts'), 'account') : 'no new account'
  const messages = `${count(least('messages'), 'message')} (as many again to confirm what fails)`
  return `${accounts}, ${messages}, ${count(least('connections'), 'connection')}`
}
