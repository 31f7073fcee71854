// What is left untranslated on a page whose language is not written in Latin letters. For tests.

/** Words in Latin letters that a reader sees or hears, without code, names of hosts and what is marked as English. */
export function latinWords(page: string): string[] {
  const heard = [...page.matchAll(/ (?:aria-label|alt)="([^"]*)"/g)].map(([, text]) => text)
  const read = page
    .replace(/<(style|code|pre|id)\b.*?<\/\1>/gs, ' ')
    .replace(/<span lang="en"[^>]*>.*?<\/span>/gs, ' ')
    .replace(/<[^>]*>/g, ' ')
  const words = [read, ...heard].join(' ').replace(/[a-z]+[./][a-z0-9-]+/g, ' ')
  return [...new Set(words.match(/\w*[a-z]{2,}\w*/g) ?? [])].filter((word) => !sameEverywhere.has(word))
}

/** Capitals alone are terms of protocols. */
const sameEverywhere = new Set(['chatmail', 'check', 'Atom', 'Delta', 'Chat', 'only', 'skip', 'Postfix', 'Dovecot'])
