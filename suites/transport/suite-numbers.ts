// Cipher suites by their numbers (the registry of IANA, RFC 5246 A.5): what clients of the TLS 1.0 years offered, and what
// nobody should take any more. Used by the checks of handshakes.

/** RSA, DHE and ECDHE with AES: a server that speaks an old version has one of them. */
export const ordinarySuites = [0xc009, 0xc00a, 0xc013, 0xc014, 0x0033, 0x0039, 0x002f, 0x0035] as const

const kinds: Readonly<Record<string, readonly number[]>> = {
  'without encryption': [0x0001, 0x0002, 0x003b, 0xc006, 0xc010, 0xc001, 0xc00b],
  'without a certificate': [
    0x0018, 0x001b, 0x0034, 0x003a, 0x006c, 0x006d, 0x00a6, 0x00a7, 0xc015, 0xc016, 0xc017, 0xc018, 0xc019,
  ],
  'for export (40 bits)': [0x0003, 0x0006, 0x0008, 0x0014, 0x0017, 0x0019],
  'with RC4': [0x0004, 0x0005, 0xc007, 0xc011],
  'with DES': [0x0009, 0x0015, 0x001a],
  'with 3DES': [0x000a, 0x0016, 0xc008, 0xc012],
}

export const weakSuites: readonly number[] = Object.values(kinds).flat()

export function suiteInWords(suite: number): string {
  const kind = Object.entries(kinds).find(([, numbers]) => numbers.includes(suite))?.[0] ?? 'that nobody offered'
  return `${kind} (0x${suite.toString(16).padStart(4, '0')})`
}
