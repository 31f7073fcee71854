// The form of /shared/vendor/deltachat/appversions, as the relay ships it. Used by the METADATA checks.

/** Fields may be added; those named here must be there. */
export function isAppVersions(text: string): boolean {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return false
  }
  return listOf(field(value, 'clients'), isClient)
}

function isClient(value: unknown): boolean {
  return typeof field(value, 'clientId') === 'string' && listOf(field(value, 'sources'), isSource)
}

function isSource(value: unknown): boolean {
  const version = field(value, 'versionInteger')
  const url = field(value, 'downloadUrl')
  return (
    typeof field(value, 'sourceId') === 'string' &&
    typeof field(value, 'versionString') === 'string' &&
    Number.isInteger(version) &&
    Number(version) >= 0 &&
    typeof url === 'string' &&
    URL.canParse(url)
  )
}

function listOf(value: unknown, fits: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(fits)
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}
