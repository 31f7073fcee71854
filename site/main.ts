// `npm run site`: the documentation as a site of plain files, in out/site/. Whatever was there before is gone.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { siteFiles } from './files.ts'

const root = resolve(import.meta.dirname, '..')
const folder = join(root, 'out/site')

// Made before the old site is touched: a broken link leaves it as it was.
const files = siteFiles(root)
rmSync(folder, { recursive: true, force: true })
for (const [path, content] of files) {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), content)
}
console.log(`out/site/index.html and ${files.size - 1} more files`)
