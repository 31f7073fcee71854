// What a load run will cost, as it is told before anything of it is done. Used by load.
import type { Host } from '../../harness/host/host.ts'
import type { LoadBudget } from '../../harness/load/run/run.ts'
import { count } from '../../reports/words.ts'

type Announced = Pick<Host, 'label' | 'accounts'>

export function announceLoad(hosts: readonly Announced[], budget: LoadBudget): string {
  const { virtualUsers, servers, signUps, connections, length } = budget
  const time = `${Math.round(length / 1_000)} s`
  return [
    `${hosts.map(({ label }) => label).join(' and ')}: ${count(virtualUsers, 'virtual user')}`,
    ...servers.filter(({ accounts }) => accounts > 0).map((own, at) => accountsOn(own, hosts, at)),
    ...newcomers(signUps),
    `up to ${count(connections, 'connection')} at once`,
    `at most ${time} and what is then still running.`,
  ].join(', ')
}

function accountsOn(
  { accounts, reused }: LoadBudget['servers'][number],
  hosts: readonly Announced[],
  at: number,
): string {
  const where = hosts.length > 1 ? ` on ${hosts[at]?.label}` : ''
  const missing = accounts - reused
  return `${count(accounts, 'account')}${where} (${missing} ${hosts[at]?.accounts.mayCreate === false ? 'missing' : 'new'})`
}

function newcomers(signUps: number | undefined): readonly string[] {
  if (signUps === undefined) return ['as many new accounts as it can make']
  return signUps === 0 ? [] : [`up to ${count(signUps, 'new account')} on top`]
}
