// `node proof/gnupg/make.ts`: makes the armours of the encryption corpus anew, with the GnuPG of this machine (Debian: gnupg).
// They are kept as text, so that everybody checks with the same ones, GnuPG or not.
import { writeFile } from 'node:fs/promises'
import { openGpg } from './gpg.ts'
import { recipes } from './recipes.ts'

await using gpg = await openGpg()
const [version = ''] = (await gpg.run(['--version'])).split('\n')
const armours: string[] = []
for (const [name, recipe] of Object.entries(recipes)) {
  const armour = (await recipe(gpg)).replaceAll('\r\n', '\n').trimEnd()
  armours.push(`  ${/^\w+$/.test(name) ? name : `'${name}'`}: \`${armour.replace(/[\\`$]/g, '\\$&')}\`,`)
}
const file = new URL('../../suites/encryption/corpus/gnupg/armours.ts', import.meta.url)
await writeFile(
  file,
  `// Written by ${version.trim()}, by proof/gnupg/make.ts; nobody has the keys. For the samples of the corpus.
/** Lines end with LF, as GnuPG writes them; without the last line end. */
export const armours = {
${armours.join('\n')}
} as const
`,
)
