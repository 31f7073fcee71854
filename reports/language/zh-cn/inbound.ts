// What is asked of inbound, and why, in Chinese, simplified. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const inbound: CatalogueWords = {
  'inbound.accepts-signed-mail': {
    of: '0qlckc0',
    text: '首次尝试就接受由其他域签名的该域加密邮件，无论其网络地址如何，并投递给它在此的所有收件人。',
    why: '小型服务器没有信誉、反向域名或 SPF 记录：在 chatmail 服务器上只看签名。',
  },
  'inbound.requires-signature': {
    of: '1whxzos',
    text: '拒绝其他服务器发来的不带 DKIM 签名的邮件，无论其声称来自谁。',
    why: '没有签名，任何人都能以任何人的名义写信。',
  },
  'inbound.verifies-signature': {
    of: '19feqod',
    text: '拒绝 DKIM 签名与消息或已公布的密钥不符的邮件。',
    why: '无人验证的签名保护不了任何人。',
  },
  'inbound.requires-alignment': {
    of: '061yaf3',
    text: '拒绝仅由 From 以外的域签名的邮件。',
    why: '任何人都能用自己的域签名；只有所显示的域的签名才有意义。',
  },
  'inbound.refuses-cleartext': {
    of: '0g5k9fz',
    text: '拒绝来自其他服务器的未加密邮件，无论是否签名。',
    why: '用户得到的承诺是：无论收发，只有加密邮件才能通过。',
  },
  'inbound.relays-for-nobody': {
    of: '1b7wisf',
    text: '端口 25 和 /mxdeliv 拒绝其他域的收件人。',
    why: '开放中继几小时内就会被发现，然后以您的名义传送垃圾邮件。',
  },
  'inbound.judges-https-mail-alike': {
    of: '0e10m7v',
    text: '如果 /mxdeliv 接收邮件，则端口 25 所拒绝的它也拒绝。',
    why: '锁更弱的第二道门会使第一道门形同虚设。',
  },
  'inbound.accepts-encrypted': {
    of: '0288au2',
    text: '接受其他服务器发来的、聊天客户端写出的各种加密邮件：旧密钥、大群组、密码加密、分块、带文件。',
    why: '人们自由选择服务器。一台放出而另一台不放入的消息就丢失了，双方都无法补救。',
  },
  'inbound.refuses-fakes': {
    of: '1pmm6ov',
    text: '拒绝其他服务器发来的看似加密实则未加密的邮件，即使签名有效。',
    why: '承诺在两个方向都成立：以可读形式进来的会以可读形式留在服务器上，回复还会引用它。',
  },
}
