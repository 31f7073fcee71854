// What a scenario file gets for `import ... from 'k6'`: check, fail, group. One for each virtual user.
import type { VirtualUser } from '../thread/virtual-user.ts'

type Checks = Readonly<Record<string, (value: unknown) => unknown>>

export function k6Module(vu: VirtualUser) {
  const module = {
    /** A sample of `checks` for each; true when all hold. */
    check(value: unknown, checks: Checks, tags: Readonly<Record<string, unknown>> = {}): boolean {
      let all = true
      for (const [name, holds] of Object.entries(checks)) {
        const held = Boolean(holds(value))
        all &&= held
        vu.add('checks', held ? 1 : 0, { ...texts(tags), check: name })
      }
      return all
    },
    fail(reason = 'fail() was called'): never {
      throw new Error(reason)
    },
    group<T>(name: string, inside: () => T): T {
      const before = vu.group
      const began = performance.now()
      vu.enterGroup(`${before}::${name}`)
      try {
        const value = inside()
        if (value instanceof Promise) throw new TypeError(`group "${name}": a group cannot wait, as in k6`)
        return value
      } finally {
        vu.add('group_duration', performance.now() - began)
        vu.enterGroup(before)
      }
    },
    sleep(): never {
      throw new Error('sleep() would stop all virtual users of a thread: await a timer instead')
    },
  }
  return { ...module, default: module }
}

function texts(tags: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, String(value)]))
}
