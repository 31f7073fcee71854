// Where the privacy requirements come from, written once. Used by the other files of this folder.
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

/** The clean-up of submitted headers, in the three makes of servers. */
export function headerCleanUp(pattern: string): { relay: string; 'postfix-dovecot': string; madmail: string } {
  return {
    relay:
      'Deploy anew with cmdeploy run: /etc/postfix/submission_header_cleanup belongs to the cleanup service of authenticated mail in master.cf.',
    'postfix-dovecot': `${pattern} in a header_checks table, given to the submission services by cleanup_service_name in /etc/postfix/master.cf.`,
    madmail: 'Stored and forwarded unchanged as of 2.23; put a filter before the queue, or ask for the feature.',
  }
}
