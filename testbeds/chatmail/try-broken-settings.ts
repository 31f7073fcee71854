// Tries broken settings, all or those that ONLY names, and tells where the findings are not those of broken-settings.ts:
// ONLY=open-relay,tiny-quota node testbeds/chatmail/try-broken-settings.ts
import { isDeepStrictEqual } from 'node:util'
import { brokenSettings, tryBrokenSetting } from './broken-settings.ts'
import { startTestbed } from './testbed.ts'

/** Most of the time a check waits for something. */
const atOnce = 3

const names = (process.env.ONLY ?? '').split(',').filter(Boolean)
const unknown = names.filter((name) => !Object.hasOwn(brokenSettings, name))
if (unknown.length > 0) throw new Error(`no such setting: ${unknown.join(', ')}`)
const chosen = Object.entries(brokenSettings).filter(([name]) => names.length === 0 || names.includes(name))
const left = [...chosen]
const wrong: string[] = []

/** Tries one after the other, on relays of its own. */
async function tryThem(): Promise<void> {
  const testbed = await startTestbed()
  try {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [name, setting] = next
      const began = performance.now()
      // A relay that does not start with it is no reason to leave the others running.
      const told = await tryBrokenSetting(testbed, setting).catch((error: Error) => ({ [error.message]: 'error' }))
      const right = isDeepStrictEqual(told, { ...setting.expected })
      if (!right) wrong.push(name)
      const lines = [`${right ? 'right' : 'WRONG'}  ${name}  ${((performance.now() - began) / 1000).toFixed(0)} s`]
      for (const [check, verdict] of Object.entries(told)) lines.push(`         ${verdict}  ${check}`)
      if (!right) lines.push(`       expected: ${JSON.stringify(setting.expected)}`)
      console.log(lines.join('\n'))
    }
  } finally {
    await testbed.close()
  }
}

await Promise.all(Array.from({ length: Math.min(atOnce, chosen.length) }, tryThem))
console.log(
  `${chosen.length - wrong.length} of ${chosen.length} as expected${wrong.length > 0 ? `; not ${wrong.join(', ')}` : ''}`,
)
process.exitCode = wrong.length === 0 ? 0 : 1
