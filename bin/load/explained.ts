// What goes wrong before a load run has begun, told as the user's affair or the server's. Used by load and capacity.
import { TargetError } from '../../harness/host/target-error.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { AccountsMissing } from '../../harness/load/run/accounts.ts'
import { ThreadFailed } from '../../harness/load/run/thread-handle.ts'
import { OptionsError } from '../../harness/load/schedule/scenario-options.ts'
import { ThresholdError } from '../../harness/load/thresholds/expression.ts'
import { UsageError } from '../usage-error.ts'

/** What is the scenario's fault, or the flags', is told as such. */
export async function explained<T>(outcome: Promise<T>, scenario: { readonly name: string }): Promise<T> {
  try {
    return await outcome
  } catch (cause) {
    if (cause instanceof OptionsError || cause instanceof ThresholdError) {
      throw new UsageError(`${scenario.name}: ${cause.message}`, undefined, { cause })
    }
    if (cause instanceof ThreadFailed && cause.blame === 'scenario') {
      throw new UsageError(`${scenario.name}: ${cause.message}`, 'see docs/load.md for what a scenario file may do', {
        cause,
      })
    }
    if (cause instanceof AccountsMissing) {
      throw new TargetError('nothing-answers', cause.message, {
        hint: 'wait a while, or bring accounts: --accounts FILE',
        cause,
      })
    }
    if (cause instanceof WireError) throw new TargetError('nothing-answers', cause.message, { cause })
    throw cause
  }
}
