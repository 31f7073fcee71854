// Reads a scenario file for a virtual user. Used by a thread.
import * as nodeModule from 'node:module'
import type { VirtualUser } from '../thread/virtual-user.ts'
import { fileOpener } from './file-opener.ts'
import { type Exports, hooksInThread, modulesOf, ownCopy } from './module-hooks.ts'

/** Everything that a scenario file can import, by specifier. */
export type Modules = Readonly<Record<string, Readonly<Record<string, unknown>>>>

export type ScenarioExports = Readonly<Record<string, unknown>>

export interface ScenarioReader {
  read(vu: VirtualUser): Promise<ScenarioExports>
}

/** Once a thread. `modules` makes those of a virtual user; all have the same exports. */
export function scenarioReader(url: string, example: Modules, modules: (vu: VirtualUser) => Modules): ScenarioReader {
  const known: Exports = Object.fromEntries(Object.entries(example).map(([name, made]) => [name, Object.keys(made)]))
  const beingRead = new Map<number, Readonly<Record<string, unknown>>>()
  Object.assign(globalThis, {
    [modulesOf]: (vu: number) => beingRead.get(vu),
    open: fileOpener(url, () => beingRead.size > 0),
  })
  install(known)
  return {
    async read(vu) {
      // Modules are made when they are asked for, not before.
      beingRead.set(
        vu.idInThread,
        Object.assign(Object.create(modules(vu)), {
          globals: { __ENV: vu.env, __VU: vu.idInTest },
          onIteration: (follow: (number: number) => void) => vu.onIteration.push(follow),
        }),
      )
      try {
        return await import(ownCopy(url, vu.idInThread))
      } finally {
        beingRead.delete(vu.idInThread)
      }
    },
  }
}

function install(known: Exports): void {
  if (typeof nodeModule.registerHooks === 'function') {
    nodeModule.registerHooks(hooksInThread(known, (source) => nodeModule.stripTypeScriptTypes(source)))
    return
  }
  const here = import.meta.url
  nodeModule.register(new URL(here.endsWith('.ts') ? './module-hooks.ts' : './module-hooks.js', here), { data: known })
}
