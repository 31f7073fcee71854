// What a run has used of a host's patience, and what it may still use.
import { profileBudgets } from '../host/defaults.ts'
import type { Budget } from '../host/host.ts'
import type { Selection } from './plan.ts'
import { BudgetSpent } from './signals.ts'

/** Most that this selection may ask of somebody else's host. Who names checks or their cost has asked for more already. */
export function budgetFor({ profile, only, costs }: Pick<Selection, 'profile' | 'only' | 'costs'>): Budget {
  return profileBudgets[only.length > 0 || costs.length > 0 ? 'full' : profile]
}

export class Spending {
  readonly #budget: Budget
  freshAccounts = 0
  /** Kept for checks that make accounts at the end of the run. */
  reservedAccounts = 0
  /** First tries, and what was sent again to confirm a fault: each has the whole allowance. */
  messages = 0
  confirmations = 0
  connections = 0

  constructor(budget: Budget) {
    this.#budget = budget
  }

  account(): void {
    if (this.freshAccounts >= this.#budget.freshAccounts)
      throw new BudgetSpent('new accounts', this.#budget.freshAccounts)
    this.freshAccounts++
  }

  message(confirming: boolean): void {
    const kind = confirming ? 'confirmations' : 'messages'
    if (this[kind] >= this.#budget.messages) throw new BudgetSpent('messages', this.#budget.messages)
    this[kind]++
  }

  /** One that went out without asking first. */
  sent(confirming: boolean): void {
    this[confirming ? 'confirmations' : 'messages']++
  }

  connection(): void {
    const most = 2 * this.#budget.connections
    if (this.connections >= most) throw new BudgetSpent('connections', most)
    this.connections++
  }
}
