// Why nobody can listen at a place, in words. Used by serve and watch.

/** Undefined for what is no trouble of that kind. */
export function listenTrouble(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const { code, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number }
  const place =
    address === undefined ? 'the port' : address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
  if (code === 'EADDRINUSE') return `${place} is taken by another program`
  if (code === 'EADDRNOTAVAIL') return `${address} is no address of this machine`
  if (code === 'EACCES') return `it is not allowed to listen at ${place}: ports below 1024 need rights`
  return undefined
}
