// The licences of everything that is in a standalone program, as one text beside it. Used by the build.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const openpgp = `openpgp.js is under the GNU Lesser General Public License, and is in the program unchanged. With the sources of
chatmail-check, "npm run standalone" makes the same program with another version of it.`

/** `modules`: names of the modules in the program; `node`: the folder of a Node package. */
export function licencesOf(modules: readonly string[], node: string, root: string): string {
  const packages = [...new Set(modules.flatMap((name) => packageOf(name) ?? []))].sort()
  const [ours, nodes] = [root, node].map((folder) => readFileSync(join(folder, 'LICENSE'), 'utf8'))
  const others = packages.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
    return section(`${name} ${version} (${license})`, textIn(join(root, folder)) ?? `Licence: ${license}`)
  })
  return [section('chatmail-check', `${ours}\n${openpgp}`), ...others, section('Node.js', nodes ?? '')].join('\n')
}

/** `dist/node_modules/a/lib/b.js` -> `node_modules/a`, also where packages lie in each other and have scopes. */
function packageOf(name: string): string | undefined {
  return /^dist\/(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(name)?.[1]
}

function textIn(folder: string): string | undefined {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name))
  return file === undefined ? undefined : readFileSync(join(folder, file), 'utf8')
}

function section(title: string, text: string): string {
  return `${title}\n${'='.repeat(title.length)}\n\n${text.trim()}\n`
}
