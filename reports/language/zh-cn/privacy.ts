// What is asked of privacy, and why, in Chinese, simplified. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const privacy: CatalogueWords = {
  'privacy.hides-client-address': {
    of: '12ow0oo',
    text: '投递的消息中任何地方都不显示发件人的网络地址。',
    why: '该地址会透露一个人在哪里、是谁。任何读者以及邮箱之后的所有者都不应得知。',
  },
  'privacy.hides-other-recipients': {
    of: '0uaa9lo',
    text: '不向收件人显示信封中其他收件人的任何信息。',
    why: '应用不在头字段中写收件人，使看到一份副本的人无从得知聊天中还有谁。',
  },
  'privacy.keeps-tokens-private': {
    of: '1fce3le',
    text: '不向任何其他人显示账号的推送令牌。',
    why: '拥有手机令牌的人可以随意唤醒它，还能看出哪些账号在同一部手机上。',
  },
}
