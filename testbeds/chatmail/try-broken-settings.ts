// Tries broken settings, all or those that ONLY names, and tells where the findings are not those of broken-settings.ts:
// ONLY=open-relay,tiny-quota node testbeds/chatmail/try-broken-settings.ts
import { isDeepStrictEqual } from 'node:util'
import { brokenSettings, tryBrokenSetting } from './broken-settings.ts'
import { startTestbed } from './testbed.ts'

const names = (process.env.ONLY ?? '').split(',').filter(Boolean)
const unknown = names.filter((name) => !Object.hasOwn(brokenSettings, name))
if (unknown.length > 0) throw new Error(`no such setting: ${unknown.join(', ')}`)
const chosen = Object.entries(brokenSettings).filter(([name]) => names.length === 0 || names.includes(name))
const testbed = await startTestbed()
let wrong = 0
try {
  for (const [name, setting] of chosen) {
    const began = performance.now()
    const told = await tryBrokenSetting(testbed, setting)
    const right = isDeepStrictEqual(told, { ...setting.expected })
    if (!right) wrong++
    console.log(`${right ? 'right' : 'WRONG'}  ${name}  ${((performance.now() - began) / 1000).toFixed(0)} s`)
    for (const [check, verdict] of Object.entries(told)) console.log(`         ${verdict}  ${check}`)
    if (!right) console.log(`       expected: ${JSON.stringify(setting.expected)}`)
  }
} finally {
  await testbed.close()
}
console.log(`${chosen.length - wrong} of ${chosen.length} as expected`)
process.exitCode = wrong === 0 ? 0 : 1
