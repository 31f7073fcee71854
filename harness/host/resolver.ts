// Name resolution as a value: the system's, a named server's, or the network of an in-process server.

export interface MxRecord {
  readonly exchange: string
  readonly preference: number
}

export interface SrvRecord {
  readonly name: string
  readonly port: number
  readonly priority: number
  readonly weight: number
}

/** Which authorities may sign for a name (RFC 8659): tag `issue`, value `letsencrypt.org`. */
export interface CaaRecord {
  readonly critical: boolean
  readonly tag: string
  readonly value: string
}

/** Each method answers an empty list for NXDOMAIN or NODATA and throws for trouble on the way (SERVFAIL, timeout). */
export interface Resolver {
  addresses(name: string, signal?: AbortSignal): Promise<readonly string[]>
  mx(name: string, signal?: AbortSignal): Promise<readonly MxRecord[]>
  /** One string a record: chunks are joined. */
  txt(name: string, signal?: AbortSignal): Promise<readonly string[]>
  srv(name: string, signal?: AbortSignal): Promise<readonly SrvRecord[]>
  /** Of this very name: whoever wants those of the names above asks for them. */
  caa(name: string, signal?: AbortSignal): Promise<readonly CaaRecord[]>
}
