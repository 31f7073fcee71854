// Patterns for check ids: `*` stays within one part of the path, `**` crosses it. Used by --only, --skip and known-failing files.

export function matchesPattern(pattern: string, id: string): boolean {
  return toRegExp(pattern).test(id)
}

function toRegExp(pattern: string): RegExp {
  let source = ''
  for (const part of pattern.split(/(\*\*|\*)/)) {
    if (part === '**') source += '.*'
    else if (part === '*') source += '[^/]*'
    else source += part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&')
  }
  return new RegExp(`^${source}$`)
}
