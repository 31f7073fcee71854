// Where a Markdown file of the repository is on the site, and how one page leads to another.
import { posix } from 'node:path'

export const placeOf = (path: string): string => path.replace(/README\.md$/, 'index.html').replace(/\.md$/, '.html')

/** The relative address of one page from another, both by their Markdown files. */
export const towards = (from: string, to: string): string => posix.relative(posix.dirname(from), placeOf(to))
