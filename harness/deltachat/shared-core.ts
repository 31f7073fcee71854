// The one core of a run: started when the first check asks for it, started anew when it has died, ended with the run.
import type { CoreBinary } from './binary.ts'
import { type Core, startCore } from './core.ts'
import { CoreGone } from './core-error.ts'

interface SharedCore extends AsyncDisposable {
  /** Throws CoreGone. */
  running(): Promise<Core>
}

export function shareCore(binary: CoreBinary | undefined): SharedCore {
  let core: Promise<Core> | undefined
  const end = async () => {
    const last = await core?.catch(() => undefined)
    core = undefined
    await last?.[Symbol.asyncDispose]()
  }
  return {
    running() {
      if (binary === undefined) return Promise.reject(new CoreGone('there is no Delta Chat core'))
      // One after the other, so that two checks never start two.
      const last = core
      core = (async () => {
        const known = await last?.catch(() => undefined)
        if (known?.alive) return known
        await known?.[Symbol.asyncDispose]()
        return await startCore(binary)
      })()
      return core
    },
    [Symbol.asyncDispose]: end,
  }
}
