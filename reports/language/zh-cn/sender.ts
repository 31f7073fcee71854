// What is asked of sender, and why, in Chinese, simplified. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const sender: CatalogueWords = {
  'sender.envelope-is-login': {
    of: '0kaffwi',
    text: '拒绝与登录地址不符的信封发件人，无论属于本服务器还是其他服务器。',
    why: '否则任何用户都能以他人名义发信并收到退信。',
  },
  'sender.from-is-own': {
    of: '0g7a3mm',
    text: '拒绝 From 头字段写成本服务器其他用户或其他域的人的消息。',
    why: '收件人看到的是 From，DKIM 向其他服务器担保的也是它。',
  },
  'sender.from-is-the-address': {
    of: '1gmmhwm',
    text: '根据地址判断 From，无论其名称、注释或 Sender 头字段里写了什么。',
    why: '在头字段任意位置搜索自己地址的过滤器，会放行任何提到该地址的伪造邮件。',
  },
  'sender.first-from-decides': {
    of: '1feivtu',
    text: '拒绝带有两个 From 头字段且第一个属于他人的消息。',
    why: '客户端显示第一个。只看最后一个的过滤器会放行伪造邮件。',
  },
  'sender.requires-from': {
    of: '0eawpf3',
    text: '拒绝没有 From 头字段的消息。',
    why: '沿途的服务器会自行填写，或者其他服务器因无从签名而拒收。',
  },
  'sender.requires-login': {
    of: '0jq93gu',
    text: '提交端口只接受已登录者的邮件。',
    why: '不用登录的话，互联网上任何人都能以本服务器用户的名义发信，服务器就会成为垃圾邮件的来源。',
  },
  'sender.requires-tls': {
    of: '1k6dz2o',
    text: '端口 587 在 STARTTLS 之前不接受邮件。',
    why: '否则谁给谁写信在途中就能被看到。',
  },
  'sender.hides-login-before-tls': {
    of: '1azwz9p',
    text: '端口 587 在 STARTTLS 之前不公布 AUTH。',
    why: '看到 AUTH 的客户端可能会以明文发送密码。',
  },
  'sender.refuses-login-before-tls': {
    of: '1bcszu0',
    text: '端口 587 在 STARTTLS 之前拒绝登录，且在密码发出之前就拒绝。',
    why: '如果途中有人阻止客户端使用 TLS，绝不能让它走到发送密码那一步。',
  },
  'sender.discards-commands-injected-before-tls': {
    of: '0yorhav',
    text: '端口 587 绝不在 TLS 内执行 STARTTLS 之后以明文发来的命令。',
    why: '途中的人可能把自己的命令插到用户在 TLS 内发送的命令之前（CVE-2011-0411 及同类漏洞）。',
  },
  'sender.offers-plain-login': {
    of: '0cm9jti',
    text: '启用 TLS 后提供 AUTH PLAIN。',
    why: 'Delta Chat 和所有邮件程序都用它登录。没有它，账号虽能创建却无法发送。',
  },
  'sender.accepts-address-literal': {
    of: '0iowi1p',
    text: '接受在 EHLO 中使用地址字面量的客户端的邮件，Delta Chat 总是这样做：[127.0.0.1]。',
    why: '手机没有自己的主机名。要求主机名的服务器能为用户收信，却不能发信。',
  },
}
