// The pages for people: landing with invite link and QR code, information, privacy. Used by the router.
import type { Behaviour } from '../behaviour/index.ts'
import { webName } from '../domain-name.ts'

/** Fills `{new}` and `{domain}`. */
export function inviteLink(template: string, domain: string): string {
  return template.replaceAll('{new}', `https://${webName(domain)}/new`).replaceAll('{domain}', domain)
}

/** What people get their account by. */
export interface Invitation {
  readonly link: string | undefined
  /** Address of the QR code. */
  readonly picture: string | undefined
}

export function landingPage(domain: string, behaviour: Behaviour, { link, picture: source }: Invitation): string {
  const picture = `<img src="${source}" width="384" height="384" alt="QR code of the invite">`
  return layout(
    domain,
    `Chat on ${domain}`,
    `<p class="lead">An account in seconds: no name, no number, no questions.</p>
${link === undefined ? '' : `<p><a class="button" href="${escapeHtml(link)}">Get an account</a></p>`}
${source === undefined ? '' : `<p>${link === undefined ? picture : `<a href="${escapeHtml(link)}">${picture}</a>`}</p>`}
<p>This is a reference server for tests. Everything on it is gone when it stops.</p>`,
    behaviour,
  )
}

export function infoPage(domain: string, behaviour: Behaviour): string {
  const { limits, retention, imap } = behaviour
  return layout(
    domain,
    'More about this server',
    `<ul>
<li>Messages leave it only end-to-end encrypted.</li>
<li>You may send up to ${limits.perMinute} messages a minute.</li>
<li>A message may have ${Math.floor(limits.messageBytes / 1_048_576)} MiB, your mailbox ${Math.floor(imap.quota.limitKib / 1024)} MiB.</li>
<li>Messages are deleted after ${retention.messageDays} days, accounts after ${retention.accountDays} days without a login.</li>
</ul>`,
    behaviour,
  )
}

export function privacyPage(domain: string, behaviour: Behaviour): string {
  const { privacy, retention } = behaviour
  const days = privacy.claimedRetentionDays || retention.messageDays
  const kept = `<h2>How long we keep it</h2>
<p>Messages are deleted unconditionally ${days} days after they came, whether they were fetched or not${
    retention.largeDays > 0 ? `; large ones after\n${retention.largeDays} days` : ''
  }. An account that nobody used for ${retention.accountDays} days is deleted with all it holds.</p>`
  const contact = `<h2>Whom to ask</h2>
<p>The operator: <a href="mailto:privacy@${domain}">privacy@${domain}</a>.</p>`
  return layout(
    domain,
    'Privacy policy',
    `<h2>What we process</h2>
<p>An address and a password that your app invents, and encrypted messages until they are fetched or expire. No name, no
phone number, no other address. Your network address appears in no message.</p>
${privacy.statesRetention ? kept : ''}
${privacy.statesContact ? contact : ''}`,
    behaviour,
  )
}

const style = `body{font:1.1em/1.5 system-ui,sans-serif;max-width:40em;margin:2em auto;padding:0 1em;color:#222;background:#fff}
h1{line-height:1.2}.lead{font-size:1.2em}img{max-width:100%;height:auto}
.button{display:inline-block;padding:.6em 1.2em;border-radius:.4em;background:#1b6f5c;color:#fff;text-decoration:none}
nav{margin-top:3em;padding-top:1em;border-top:1px solid #ccc}
@media (prefers-color-scheme:dark){body{color:#eee;background:#161616}a{color:#8fd3c1}img{background:#fff}.button{color:#fff}}`

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}

function layout(domain: string, title: string, content: string, { web, privacy }: Behaviour): string {
  const links = ['<a href="/">Start</a>']
  if (web.infoPage) links.push('<a href="info.html">More</a>')
  if (web.privacyLink) links.push('<a href="privacy.html">Privacy policy</a>')
  const foreign = privacy.thirdParties.map((origin) => `${loadFrom(origin, privacy.thirdPartyKind)}\n`).join('')
  const script = privacy.inlineScript ? '<script>document.title = document.title</script>\n' : ''
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - ${domain}</title>
<style>
${style}
</style>
${foreign}${script}</head>
<body>
<h1>${title}</h1>
${content}
<nav>${links.join(' · ')}</nav>
</body>
</html>
`
}

function loadFrom(origin: string, kind: Behaviour['privacy']['thirdPartyKind']): string {
  return {
    script: `<script src="${origin}/collect.js" async></script>`,
    style: `<link rel="stylesheet" href="${origin}/page.css">`,
    font: `<style>@font-face{font-family:Page;src:url("${origin}/page.woff2")}body{font-family:Page}</style>`,
    image: `<img src="${origin}/pixel.png" width="1" height="1" alt="">`,
  }[kind]
}
