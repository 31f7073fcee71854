// What a run has used of a host's patience, and what it may still use.
import type { Budget } from '../host/host.ts'
import { BudgetSpent } from './signals.ts'

export class Spending {
  readonly #budget: Budget
  freshAccounts = 0
  messages = 0
  connections = 0

  constructor(budget: Budget) {
    this.#budget = budget
  }

  account(): void {
    if (this.freshAccounts >= this.#budget.freshAccounts)
      throw new BudgetSpent('new accounts', this.#budget.freshAccounts)
    this.freshAccounts++
  }

  message(): void {
    if (this.messages >= this.#budget.messages) throw new BudgetSpent('messages', this.#budget.messages)
    this.messages++
  }

  connection(): void {
    if (this.connections >= this.#budget.connections) throw new BudgetSpent('connections', this.#budget.connections)
    this.connections++
  }
}
