// What is asked of retention, and why, in Chinese, simplified. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const retention: CatalogueWords = {
  'retention.deletes-old-mail': {
    of: '16w9il1',
    text: '在承诺的天数之后自行删除邮件，最多晚两天。',
    why: '不存在的东西无法被没收、泄露或出售。用户对此抱有信任：聊天保存在手机上，而不在服务器上。',
  },
}
