// Where the services of a host are, whether or not they can be used. Used by checks that look at a door rather than go in.
import type { CheckContext } from '../harness/check/types.ts'
import type { Endpoint, Service } from '../harness/host/host.ts'

/** Where the service is, also where its certificate or its TLS kept it from being used. */
export function placeOf({ host }: Pick<CheckContext, 'host'>, service: Service): Endpoint | undefined {
  const own = host.endpoints[service]
  if (own !== undefined) return own
  const found = host.candidates.find(
    ({ endpoint, outcome }) =>
      endpoint.service === service && (outcome === 'untrusted' || outcome === 'tls-failed') && endpoint.address,
  )
  const address = found?.endpoint.address
  return found === undefined || address === undefined ? undefined : { ...found.endpoint, address }
}
