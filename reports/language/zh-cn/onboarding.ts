// What is asked of onboarding, and why, in Chinese, simplified. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const onboarding: CatalogueWords = {
  'onboarding.new-proposes-credentials': {
    of: '1jvwoek',
    text: '对空的 POST /new 请求，以 JSON 返回本域的地址和密码，不再要求任何内容。',
    why: '扫描邀请后就会来到这里。任何阻碍（表单、令牌、重定向）都会使注册中断。',
  },
  'onboarding.new-proposals-differ': {
    of: '0ner51j',
    text: '每次给出不同的地址和不同的密码。',
    why: '两个人用同一个地址就会共用邮箱；两个人用同一个密码就可能读到对方的邮件。',
  },
  'onboarding.new-proposal-works': {
    of: '1o3jwqf',
    text: '凭所给出的凭据，可以通过 IMAP 和提交服务登录。',
    why: '应用会立即使用它们，而且只试一次：如果无效，注册就失败了。',
  },
  'onboarding.is-ready-in-seconds': {
    of: '15n36un',
    text: '从 POST /new 到收件箱开始监听，不超过五秒。',
    why: '几秒内即可开始使用，这是人们邀请他人时的承诺。',
  },
  'onboarding.creates-account-on-first-imap-login': {
    of: '0f16igf',
    text: '用新名称首次 IMAP 登录时创建账号，并可立即使用。',
    why: '应用自行生成名称和密码然后登录；除此之外没有其他注册步骤。',
  },
  'onboarding.creates-account-on-first-smtp-login': {
    of: '1nq7z04',
    text: '用新名称首次登录提交服务时创建账号，并可立即使用。',
    why: '应用同时登录 IMAP 和 SMTP，哪一个先到都有可能。',
  },
  'onboarding.creates-account-once': {
    of: '0f4nbte',
    text: '多个使用同一密码的首次登录同时到达时，只创建一个账号。',
    why: '应用会同时打开多个连接。如果其中一个被拒绝，注册就会失败；如果创建了两个账号，其中一个里的邮件就会丢失。',
  },
  'onboarding.accepts-credentials-of-apps': {
    of: '1v7lm15',
    text: 'IMAP 和提交服务同时接受 9 位字母数字的新名称和 22 位的密码。',
    why: '当邀请只写明服务器时，应用生成的就是这样的名称和密码。',
  },
  'onboarding.lets-owner-back-in': {
    of: '1i9htkh',
    text: '账号所有者可以通过 IMAP 和提交服务再次登录。',
    why: '每台设备之后的每次连接都是这样的登录。',
  },
  'onboarding.keeps-users-with-equal-passwords-apart': {
    of: '1iarx6c',
    text: '两个用户碰巧密码相同时，各有自己的邮箱。',
    why: '共用邮箱的人会读到别人的邮件。',
  },
  'onboarding.accepts-odd-passwords': {
    of: '1p93mi0',
    text: 'IMAP 和提交服务接受包含引号、反斜杠及其他标点的密码。',
    why: '中继服务器自己就会给出这样的密码。',
  },
  'onboarding.accepts-long-passwords': {
    of: '1baxb8c',
    text: 'IMAP 和提交服务接受 50 个字符的密码。',
    why: '2.58 之前的 Delta Chat 会生成这种长度的密码。',
  },
  'onboarding.refuses-wrong-password': {
    of: '11w12lh',
    text: 'IMAP 和提交服务拒绝错误密码的登录。',
    why: '邮件只属于它的所有者。',
  },
  'onboarding.refuses-empty-password': {
    of: '09hrktb',
    text: '拒绝空密码的登录。',
    why: '有些密码数据库会把空密码当作匿名登录，总是放行。',
  },
  'onboarding.compares-whole-password': {
    of: '0xvb1yw',
    text: '拒绝只有最后一个字符与正确密码不同的密码。',
    why: '旧的密码散列只看前八个字符，要猜的就少得多。',
  },
  'onboarding.compares-password-case': {
    of: '0uxxqnd',
    text: '拒绝只有大小写与正确密码不同的密码。',
    why: '忽略大小写会使密码容易猜得多。',
  },
  'onboarding.compares-password-punctuation': {
    of: '1gq99g5',
    text: '拒绝只有标点与正确密码不同的密码。',
    why: '如果服务器丢弃它无法转义的字符，一个邮箱就能用多个密码打开。',
  },
  'onboarding.keeps-password-after-wrong-login': {
    of: '0nm47da',
    text: '有人试过错误密码之后，所有者仍能登录。',
    why: '否则知道地址的人就能夺取账号，或把所有者拒之门外。',
  },
  'onboarding.autoconfig-endpoints-work': {
    of: '0ci8vqq',
    text: '用户可以登录其 autoconfig 文档中列出的每个服务器。',
    why: '应用完全相信这份列表。一个失效的条目要多等一分钟，一个错误的条目会使注册失败。',
  },
}
