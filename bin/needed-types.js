// Which type files of dist/ users can reach: those of the package's exports, and what these import. Used by build.js.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** Removes all others. `root`: the folder of package.json. */
export function keepNeededTypes(root) {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const needed = new Set()
  const visit = (file) => {
    if (needed.has(file) || !existsSync(file)) return
    needed.add(file)
    for (const [, target] of readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*["'](\.[^"']+)["']/g)) {
      visit(resolve(dirname(file), target.replace(/\.(js|ts)$/, '.d.ts')))
    }
  }
  for (const { types } of Object.values(exports)) if (types !== undefined) visit(resolve(root, types))
  const dist = join(root, 'dist')
  for (const name of readdirSync(dist, { recursive: true })) {
    const file = join(dist, name)
    if (file.endsWith('.d.ts') && !needed.has(file)) rmSync(file)
  }
}
