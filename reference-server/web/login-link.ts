// The `dclogin:` link with which an app is at once logged in. Used by /new and the front page of servers with private names.
import type { Credentials } from '../accounts.ts'
import { literalAddress } from '../domain-name.ts'

/** `ic=3`: any certificate, for these servers sign their own. An address has no name to look the servers up by. */
export function loginLink({ address, password }: Credentials, domain: string): string {
  const literal = literalAddress(domain)
  const hosts = literal === undefined ? '' : `&ih=${literal}&sh=${literal}`
  const user = quote(address).replace(/%40/g, '@').replace(/%5B/g, '[').replace(/%5D/g, ']')
  return `dclogin:${user}?p=${quote(password)}&v=1${hosts}&ic=3`
}

/** All but the unreserved characters of RFC 3986. */
function quote(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}
