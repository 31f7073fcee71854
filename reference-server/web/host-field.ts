// Which mail domain a request is for, by the host that it names. Used by the web server and its router.
import { webName } from '../domain-name.ts'

/** The host without its port, lower case; empty when it is not one. */
export function hostName(field: string): string {
  return /^([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d*)?$/.exec(field.toLowerCase())?.[1] ?? ''
}

/** The longest of our domains that the host is, or is under; undefined: a stranger. */
export function domainOf(host: string, domains: readonly string[]): string | undefined {
  return domains
    .filter((domain) => host === webName(domain) || host.endsWith(`.${domain}`))
    .sort((a, b) => b.length - a.length)[0]
}
