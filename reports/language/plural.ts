// Texts that vary with a number, by the categories of Intl.PluralRules. Used by the dictionaries and by language.ts.

/** `other` fits whatever category a language does not tell apart. */
export interface Plural {
  readonly zero?: string
  readonly one?: string
  readonly two?: string
  readonly few?: string
  readonly many?: string
  readonly other: string
}
