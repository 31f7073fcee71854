// Names of the languages, without their words. Used by flags, help texts and language.ts.

/** BCP 47 tags. */
export const languageNames = ['en', 'sq', 'it', 'uk', 'zh-CN'] as const

export type LanguageName = (typeof languageNames)[number]

/** For `--lang`. The environment (LANG, LC_ALL) is not asked: a file must not differ by the machine that made it. */
export const languageHelp = `language of html and md: ${languageNames.join(', ')} (default en)`
