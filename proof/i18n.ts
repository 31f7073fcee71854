// `npm run i18n`: how much is translated into each language. Ends with 1 when a must is missing or a translation is out of date.
import { requirements } from '../catalogue/index.ts'
import { coverageOf } from '../reports/language/coverage.ts'
import { openLanguage } from '../reports/language/language.ts'
import { languageNames } from '../reports/language/names.ts'

for (const name of languageNames) {
  const { catalogue } = await openLanguage(name)
  if (name === 'en') continue
  const { all, translated, musts, translatedMusts, faults } = coverageOf(requirements, catalogue)
  // The interface words are complete, or this would not have compiled.
  console.log(
    `${name.padEnd(6)} interface complete, titles and whys ${translated} of ${all}, musts ${translatedMusts} of ${musts}`,
  )
  for (const fault of faults) console.log(`       ${fault}`)
  if (faults.length > 0) process.exitCode = 1
}
