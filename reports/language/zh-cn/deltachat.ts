// What is asked of deltachat, and why, in Chinese, simplified. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const deltachat: CatalogueWords = {
  'deltachat.onboards-by-name': {
    of: '0bwyc4p',
    text: 'Delta Chat 只知道服务器名称、自行生成地址和密码时，也能登录。',
    why: '自 2025 年起，邀请 dcaccount:HOST 是获得账号的最短途径：不请求 /new，只是同时登录 IMAP 和 SMTP。服务器若处理不好这种并发或长密码，新用户就会看到错误。',
  },
  'deltachat.onboards-by-link': {
    of: '0xea025',
    text: '对 Delta Chat 发往 https://HOST/new 的 POST，返回可用的账号。',
    why: '服务器页面上的二维码就通向这里。该请求正文为空、没有内容类型，2.58 及以前的版本会把整个 URL 写在首行。',
  },
  'deltachat.onboards-by-login': {
    of: '1b30v12',
    text: 'Delta Chat 可用地址和密码登录。',
    why: '第二台设备、新手机或别人创建的账号：都会登录，在公布压缩时启用压缩，然后进入 IDLE。',
  },
  'deltachat.onboards-in-seconds': {
    of: '043p1cg',
    text: '扫描后 5 秒内 Delta Chat 即可开始聊天。',
    why: '承诺是几秒内即可开始。Delta Chat 为此要登录四次，所以每次缓慢的登录都加倍计算。',
  },
  'deltachat.joins-securely': {
    of: '0ujr6si',
    text: '传送两个用户相互验证的握手（securejoin）。',
    why: '联系从二维码开始。最初两条消息仅用共享秘密加密，且没有 Chat-Version 头字段；要求其中任何一项的过滤器会使所有新联系人无法建立联系。',
  },
  'deltachat.carries-chat': {
    of: '0ynm7tv',
    text: '把 Delta Chat 用户在聊天中的操作带到对方：文字、回应、回执、编辑和删除。',
    why: '每项都是单独一封邮件，用核心的确切命令取回。途中丢失一封，两部手机显示的聊天就会不同。',
  },
  'deltachat.carries-group': {
    of: '0byhitx',
    text: '把群组消息带给每个成员。',
    why: '群组消息只发出一次，每个成员一个 RCPT。被漏掉的成员甚至不知道有这个群组。',
  },
  'deltachat.carries-files': {
    of: '16zprvh',
    text: '把文件从一个 Delta Chat 完整带到另一个，直到最后一个字节。',
    why: '发送的大多是照片和语音消息。超过 140,000 字节时，它们会在通知消息之外单独成为一封邮件。',
  },
  'deltachat.arrives-quickly': {
    of: '154v7jd',
    text: '从一个 Delta Chat 到另一个，连续发送的每条消息都不到一秒。',
    why: '这就是用户的感受：包括加密、发送、服务器通知、取回和解密。',
  },
  'deltachat.reaches-other-servers': {
    of: '1szuk9e',
    text: 'Delta Chat 用户可以验证另一台 chatmail 服务器的用户并与其通信，就像在同一台服务器上一样。',
    why: '人们不会为了和朋友在一起而选择服务器。在服务器之间，每条消息都需要签名、通往对方的途径，以及对方过滤器的接受。',
  },
  'deltachat.serves-second-device': {
    of: '16exo50',
    text: '使一个账号的两台设备保持同步：别人发来的两边都收到，一台发出的另一台也显示。',
    why: '有第二台设备时，Delta Chat 会把每条消息也发给自己的地址，并把邮件留在服务器上。丢弃发给自己的邮件的服务器，会使另一台设备缺失每个聊天的一半。',
  },
  'deltachat.delivers-what-waited': {
    of: '0a1j59x',
    text: 'Delta Chat 一回来，就得到离开期间到达的邮件。',
    why: '手机有半天不在线，每过一个隧道就断线。期间到达的内容必须在下次登录时就在那里，依据 SELECT 的 UIDNEXT。',
  },
}
