// What of mailauth (which brings no types) the verification of signatures uses.
declare module 'mailauth/lib/dkim/verify.js' {
  export interface DkimResult {
    /** Absent where the message has no signature that could be tried. */
    readonly signingDomain?: string
    readonly selector?: string
    readonly algo?: string
    /** Text of the key record, without white space. */
    readonly rr?: string
    readonly modulusLength?: number
    /** Octets of the canonical body, and how many of them `l=` signs. */
    readonly canonBodyLengthTotal?: number
    readonly canonBodyLengthLimit?: number
    /** Names of the signed fields, joined by colons. */
    readonly signingHeaders?: { readonly keys: string }
    readonly status: {
      readonly result: 'none' | 'neutral' | 'pass' | 'fail' | 'policy' | 'temperror'
      readonly comment?: string
    }
  }
  export function dkimVerify(
    message: Buffer,
    options: {
      readonly resolver: (name: string, type: string) => Promise<readonly (readonly string[])[]>
      readonly curTime: Date
      readonly minBitLength?: number
      /** Envelope sender. */
      readonly sender?: string
    },
  ): Promise<{ readonly results: readonly DkimResult[] }>
}
