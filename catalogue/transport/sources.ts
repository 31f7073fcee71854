// Where the transport requirements come from, and fixes that several share. Used by the other files of this folder.
import type { Source } from '../types.ts'

export function rfc(number: number, section: string): Source {
  return {
    title: `RFC ${number} section ${section}`,
    url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
  }
}

export function relay(where: string): Source {
  return { title: `chatmail/relay 1.12, ${where}` }
}

/** The app that everybody on a chatmail server uses: recorded from core 2.57 and 2.62. */
export function core(what: string): Source {
  return { title: `Delta Chat core 2.57 and 2.62: ${what}` }
}

/** How an operator gets a DNS record that cmdeploy knows. */
export function record(line: string, more = ''): { readonly relay: string; readonly any: string } {
  return {
    relay: `Run cmdeploy dns: it shows each record that is missing. Publish ${line}${more}`,
    any: `Publish ${line}${more}`,
  }
}
