// Where the requirements of mail to other servers come from, written once. Used by the other files of this folder.
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

export const transport: Source = { title: 'chatmail/filtermail 0.7, transport.rs' }
export const openDkim = relay('cmdeploy/opendkim/opendkim.conf')
