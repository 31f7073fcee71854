// What a run has used of a host's patience, and what it may still use.
import type { Budget } from '../host/host.ts'
import { BudgetSpent } from './signals.ts'

export class Spending {
  readonly #budget: Budget
  freshAccounts = 0
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

  connection(): void {
    const most = 2 * this.#budget.connections
    if (this.connections >= most) throw new BudgetSpent('connections', most)
    this.connections++
  }
}
