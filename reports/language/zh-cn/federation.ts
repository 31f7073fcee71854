// What is asked of federation, and why, in Chinese, simplified. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const federation: CatalogueWords = {
  'federation.delivers-elsewhere': {
    of: '04i1zrk',
    text: '把加密邮件投递到其他域的邮件服务器，并保持发送时的加密。',
    why: '只能联系自己用户的聊天服务器是一座孤岛。',
  },
  'federation.reaches-every-recipient': {
    of: '0sf22re',
    text: '把消息投递给所有收件人，无论在另一个域还是多个域。',
    why: '在群组中，被漏掉的人不知道自己错过了什么。',
  },
  'federation.delivers-once': {
    of: '0h1puw1',
    text: '对方已接受的消息不再发送第二次。',
    why: '每个副本都会唤醒收件人的手机。',
  },
  'federation.falls-back-to-smtp': {
    of: '1vk09qj',
    text: '当对方的网页服务器不认识 /mxdeliv 时，改用 SMTP 投递。',
    why: '几乎每台邮件服务器旁边都有网页服务器，但几乎都不在那里收邮件。',
  },
  'federation.signs-mail': {
    of: '1xale98',
    text: '为发往其他服务器的邮件加上 DKIM 签名，签名涵盖 From 并与其 DNS 中的密钥相符。',
    why: 'chatmail 服务器只接受这样的邮件，大型服务商会把其余的都当作垃圾邮件。',
  },
  'federation.signs-as-author': {
    of: '1igwkos',
    text: '用 From 地址的域本身签名，而不是上级、下级或旁边的域。',
    why: 'chatmail 服务器会逐字比较两者，不同就拒收。',
  },
  'federation.tries-again': {
    of: '0qvsgc4',
    text: '其他服务器停机或以 4xx 回复时，稍后重试。',
    why: '每台服务器偶尔都会停机。消息不应因此丢失。',
  },
}
