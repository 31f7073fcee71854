// What is asked of imap, and why, in Chinese, simplified. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const imap: CatalogueWords = {
  'imap.greets': {
    of: '0kpjqga',
    text: '对每个 IMAP 连接以不带标签的 OK 问候。',
    why: '客户端在收到问候前什么也不说。没有问候，谁也读不了邮件。',
  },
  'imap.answers-capability': {
    of: '0ujtn5w',
    text: '登录后对 CAPABILITY 的回答列表中包含 IMAP4rev1。',
    why: '客户端根据此列表决定可以请求什么。得不到列表的客户端会认为服务器坏了。',
  },
  'imap.advertises-xchatmail': {
    of: '0cdfnq7',
    text: '登录后在能力列表中列出 XCHATMAIL。',
    why: 'Delta Chat 靠这个词识别 chatmail 服务器：随后隐藏传统邮件的设置，并在收到邮件后将其从服务器删除。',
  },
  'imap.advertises-idle': {
    of: '1qtcgzn',
    text: '登录后在能力列表中列出 IDLE。',
    why: '没有 IDLE，Delta Chat 每分钟才查询一次新邮件：消息会迟到，添加联系人要几分钟。',
  },
  'imap.refuses-cleartext-login': {
    of: '1ouzqd2',
    text: '在 STARTTLS 端口上，TLS 之前拒绝登录。',
    why: '明文发送的密码沿途任何人都能读到。服务器必须确保没有客户端养成这种习惯。',
  },
  'imap.discards-commands-injected-before-tls': {
    of: '109ynkh',
    text: '绝不在 TLS 内执行 STARTTLS 之后以明文发来的命令。',
    why: '途中的人可能把自己的命令插到用户在 TLS 内发送的命令之前（CVE-2011-0411 及同类漏洞）。',
  },
  'imap.logs-in-with-quoted-escapes': {
    of: '0w5c3hr',
    text: '按原意读取引号字符串中含引号和反斜杠的密码。',
    why: '中继服务器会给出含这些字符的密码，而 Delta Chat 以引号字符串发送。',
  },
  'imap.refuses-mailbox-before-login': {
    of: '0bqxonb',
    text: '登录前拒绝 SELECT、STATUS 和 FETCH。',
    why: '邮件只属于它的所有者。',
  },
  'imap.refuses-metadata-before-login': {
    of: '0tvbmdr',
    text: '登录前拒绝 GETMETADATA。',
    why: '元数据中有通话中继的密码：陌生人会把它占用殆尽。',
  },
  'imap.selects-inbox': {
    of: '1akuzl3',
    text: '用 SELECT 打开新账号的 INBOX，并说明其中有多少消息。',
    why: '这是 Delta Chat 使用的唯一邮箱。',
  },
  'imap.shows-uidvalidity': {
    of: '1opg1oc',
    text: 'SELECT 时给出大于零的 UIDVALIDITY。',
    why: '没有它，Delta Chat 无法打开邮箱。',
  },
  'imap.shows-uidnext': {
    of: '1a2dizf',
    text: 'SELECT 时，或至少 STATUS 时，给出 UIDNEXT。',
    why: 'Delta Chat 从记住的 UIDNEXT 开始读取。没有它就找不到新邮件。',
  },
  'imap.keeps-uidvalidity': {
    of: '1u75hw1',
    text: '每个会话给出相同的 UIDVALIDITY。',
    why: '一旦改变，客户端就必须忘掉关于该邮箱的一切并重新读取全部内容。',
  },
  'imap.keeps-uids': {
    of: '0tcrz48',
    text: '其他消息被删除后以及在之后的会话中，消息保持自己的 UID。',
    why: '否则按 UID 删除的客户端会删错消息，或重复读取，或永远读不到。',
  },
  'imap.advances-uidnext': {
    of: '1phn5xb',
    text: '新消息的 UID 不低于之前的 UIDNEXT，之后的 UIDNEXT 高于该 UID。',
    why: 'Delta Chat 从记住的 UIDNEXT 开始读取：低于它的消息永远不会显示。',
  },
  'imap.never-reuses-uids': {
    of: '19sefj2',
    text: '即使最后一条消息已被删除，也给新消息新的 UID。',
    why: 'chatmail 客户端会删除已读的内容。得到已删除消息 UID 的新消息看上去已读，永远不会显示。',
  },
  'imap.prefetches-headers': {
    of: '0abrrya',
    text: '回答 Delta Chat 最先发出的 FETCH：在一个响应中给出 UID、以字节计的 RFC822.SIZE 和所请求的头字段。',
    why: '每条收到的消息都从此命令开始。它遗漏的消息永远不会被下载。',
  },
  'imap.returns-asked-header-fields': {
    of: '06n9koa',
    text: '准确给出所请求的头字段（不论大小写）和一个空行。',
    why: '客户端为了在慢速网络上节省流量只请求少数字段，读到空行就停止。',
  },
  'imap.returns-exact-bytes': {
    of: '1o7z9u5',
    text: '逐字节原样返回消息。',
    why: '加密邮件只要改动一个字节就无法阅读。',
  },
  'imap.fetches-uid-sets': {
    of: '05fj6bm',
    text: '对含有范围和单个编号的 UID 集合，每条消息给出一次，跳过不存在的 UID。',
    why: 'Delta Chat 用一个命令取回错过的消息。被遗漏的，用户就再也看不到。',
  },
  'imap.peeks-without-marking-seen': {
    of: '1gkbi1y',
    text: '用 BODY.PEEK[] 取回的消息保持未看状态。',
    why: '在多台设备上，\\Seen 表示有人读过该消息。后台取回不能造成这种标记。',
  },
  'imap.keeps-flags': {
    of: '1k0rt9x',
    text: '一个会话设置的标志在之后的每个会话中都能看到。',
    why: '用户的各设备靠 \\Seen 互相告知哪些已读。',
  },
  'imap.adds-flags-to-others': {
    of: '077bkze',
    text: '用 +FLAGS 在已有标志之外添加标志。',
    why: '如果服务器改为替换标志，其他设备的标记就会丢失。',
  },
  'imap.expunges-on-close': {
    of: '10sl98z',
    text: 'CLOSE 时移除标为 \\Deleted 的消息，而且只移除这些。',
    why: 'Delta Chat 只用这种方式从服务器删除邮件。否则尽管应用显示已删除，邮件仍全部留在那里。',
  },
  'imap.idles': {
    of: '0d3ueqb',
    text: 'IDLE 以续行响应开始，DONE 时以带标签的 OK 结束。',
    why: 'Delta Chat 整天处于 IDLE。如果开始或结束不正常，应用会不断重新连接。',
  },
  'imap.notifies-while-idle': {
    of: '08ntyxj',
    text: '用 EXISTS 告知空闲会话有新消息。',
    why: '否则只有客户端几分钟后自己查看时消息才会出现。',
  },
  'imap.notifies-in-next-idle': {
    of: '07mtm2b',
    text: '在同一会话的下一次 IDLE 中再次告知新邮件。',
    why: '客户端每收到一条消息就离开 IDLE 再回来。否则从第二条消息起它们就什么也听不到了。',
  },
  'imap.tells-mail-from-before-idle': {
    of: '14tihzn',
    text: '在 IDLE 之前或开始时，告知两个命令之间到达的消息。',
    why: '客户端忙于处理另一条消息时到达的消息，否则会一直无人看到，直到下一条到来。',
  },
  'imap.shows-new-mail-at-select': {
    of: '0jew0t4',
    text: 'SELECT 时显示 DONE 与 SELECT 之间到达的消息。',
    why: 'Delta Chat 每删除一条消息后都会关闭再打开 INBOX，并在那里读取 UIDNEXT。',
  },
  'imap.allows-repeated-tags': {
    of: '0pm85bb',
    text: '接受同一连接上已用过的标签。',
    why: '压缩开始时，Delta Chat 会重新从头为标签计数。',
  },
  'imap.keeps-its-word-on-compression': {
    of: '095g8vk',
    text: '列出 COMPRESS=DEFLATE 时，确实压缩连接。',
    why: '列出却又拒绝的服务器，Delta Chat 无法使用：连账号都设置不了。',
  },
}
