// The file by which a host tells us whether it wants to be checked: /.well-known/chatmail-check.txt.

export const optOutPath = '/.well-known/chatmail-check.txt'

export interface CheckWishes {
  /** False for `check: no`. */
  readonly check: boolean
  /** `max: weekly`: at most so often. */
  readonly max?: 'hourly' | 'daily' | 'weekly' | 'monthly'
  /** Where to report findings. */
  readonly contact?: string
}

const frequencies = ['hourly', 'daily', 'weekly', 'monthly'] as const

/** Lines `key: value`; `#` begins a comment; what is not understood is passed over (a page that answers every path). */
export function parseCheckWishes(text: string): CheckWishes {
  const values = new Map<string, string>()
  for (const line of text.slice(0, 64 * 1024).split(/\r?\n/)) {
    const match = /^\s*(check|max|contact)\s*:\s*([^#\x00-\x1f]{1,200})/i.exec(line)
    if (match !== null) values.set((match[1] ?? '').toLowerCase(), (match[2] ?? '').trim())
  }
  const max = frequencies.find((word) => word === values.get('max')?.toLowerCase())
  const contact = values.get('contact')
  return {
    check: !/^(?:no|never|off|false)$/i.test(values.get('check') ?? ''),
    ...(max === undefined ? {} : { max }),
    ...(contact === undefined ? {} : { contact }),
  }
}
