// The front page with what people get their account by: an invite, or on private names a login link made for them, since
// apps would not believe the certificate of an invite's address there. Used by the router.
import { randomCredentials } from '../accounts.ts'
import type { Behaviour } from '../behaviour/index.ts'
import { isPrivateName, webName } from '../domain-name.ts'
import { loginLink } from './login-link.ts'
import { type Invitation, inviteLink, landingPage } from './pages.ts'
import { qrPicture } from './qr.ts'
import type { Answer } from './types.ts'

const html = 'text/html; charset=utf-8'

export async function landing(domain: string, behaviour: Behaviour): Promise<Answer> {
  const { web } = behaviour
  if (!isPrivateName(domain) || web.privateInvite === 'invite') {
    return page(landingPage(domain, behaviour, invitation(domain, behaviour)))
  }
  if (web.privateInvite === 'script') {
    const body = landingPage(domain, behaviour, { link: undefined, picture: undefined })
    return page(body.replace('</body>', '<script src="dclogin.js"></script>\n</body>'))
  }
  const rules = web.new
  const link = loginLink(randomCredentials(rules.emailDomain.replaceAll('{domain}', domain), rules), domain)
  const picture = web.qr === null ? undefined : `data:image/png;base64,${(await qrPicture(link)).toString('base64')}`
  const shown = web.invite === null ? undefined : link
  // Whoever reloads gets another account, and no cache may give one to two.
  return page(landingPage(domain, behaviour, { link: shown, picture }), [['Cache-Control', 'no-store']])
}

function invitation(domain: string, { web }: Behaviour): Invitation {
  return {
    link: web.invite === null ? undefined : inviteLink(web.invite, domain),
    picture: web.qr === null ? undefined : `qr-chatmail-invite-${webName(domain)}.png`,
  }
}

/** Fetches a login link and shows it; undefined where no page needs it. */
export function newAccountScript(domain: string, { web }: Behaviour): Answer | undefined {
  if (!isPrivateName(domain) || web.privateInvite !== 'script') return undefined
  const body = `fetch('new').then((answer) => answer.json()).then((account) => {
  const link = document.createElement('a')
  link.href = account.dclogin_url
  link.textContent = 'Get an account'
  document.querySelector('h1').after(link)
})
`
  return { status: 200, headers: [['Content-Type', 'text/javascript']], body }
}

function page(body: string, headers: Answer['headers'] = []): Answer {
  return { status: 200, headers: [['Content-Type', html], ...headers], body }
}
