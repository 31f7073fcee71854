// What is asked of encryption, and why, in Chinese, simplified. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const encryption: CatalogueWords = {
  'encryption.accepts-encrypted': {
    of: '0juxzbf',
    text: '接受并投递 Delta Chat 目前发送的加密消息：SEIPD 版本 2，每个密钥一个版本 6 的会话密钥包。',
    why: '人们彼此发送的就是这种消息。拒绝它的服务器无法使用。',
  },
  'encryption.accepts-older-keys': {
    of: '0ryjwcx',
    text: '接受并投递使用版本 3 会话密钥包的 SEIPD 版本 1。',
    why: '给密钥早于 2024 年的联系人写信用的是这种格式，群组中只要有一位这样的成员，整个群组就都要用它。',
  },
  'encryption.accepts-many-keys': {
    of: '0b8q6h7',
    text: '接受并投递为众多成员各带一个会话密钥包的消息。',
    why: '群组消息只发一条给所有人，其中为每个密钥带一个包。',
  },
  'encryption.accepts-password-encrypted': {
    of: '01nh7tz',
    text: '接受并投递用密码加密的消息：SKESK 版本 6，没有公钥包。',
    why: '如今的邀请链接就从这样的消息开始。没有它，谁也无法建立联系。',
  },
  'encryption.accepts-securejoin-request': {
    of: '1pn3urs',
    text: '放行旧邀请链接的未加密首条消息，包括联系人（vc-request）和群组（vg-request）。',
    why: '此刻双方都没有对方的密钥。旧客户端生成的邀请链接和二维码就这样开始。',
  },
  'encryption.accepts-larger-messages': {
    of: '0flbilk',
    text: '接受并投递图片大小的加密消息。',
    why: '图片、语音消息和应用都装在加密消息里传送。',
  },
  'encryption.ignores-chat-headers': {
    of: '0oznoym',
    text: '根据正文判断消息，无论有没有 Chat-Version 头字段。',
    why: 'Delta Chat 自己发送 securejoin 消息时就没有它，其他客户端从不写它。',
  },
  'encryption.accepts-any-header-order': {
    of: '0aky6f1',
    text: '无论头字段以及 Content-Type 参数的顺序如何，都接受消息。',
    why: '不同版本的 Delta Chat 把 Content-Type 写在最前或最后；顺序没有任何含义。',
  },
  'encryption.accepts-partial-lengths': {
    of: '1a485io',
    text: '能读取分块写成的 OpenPGP 包（部分正文长度）。',
    why: '流式发送大文件的客户端事先不知道长度。',
  },
  'encryption.refuses-cleartext': {
    of: '1nv40ch',
    text: '拒绝接收正文未经端到端加密的消息。',
    why: '用户得到的承诺是：无论出于失误还是应用故障，他们写的任何内容都不会未加密地离开设备。服务器是最后一道防线。',
  },
  'encryption.refuses-cleartext-to-oneself': {
    of: '0li3bfu',
    text: '拒绝用户发给自己地址的明文。',
    why: '否则给自己的笔记和自己设备之间的消息就会以可读形式留在服务器上。',
  },
  'encryption.refuses-cleartext-to-others-domains': {
    of: '0zoof68',
    text: '拒绝发给其他域收件人的明文。',
    why: '它会以可读形式穿过互联网，对方服务器还可能永久保留。',
  },
  'encryption.refuses-cleartext-to-several': {
    of: '1cgh1re',
    text: '拒绝发给多个收件人、其中一个在其他域的明文。',
    why: '只看第一个收件人或对混合列表破例的过滤器，会放行任何带第二个收件人的消息。',
  },
  'encryption.delivers-nothing-refused': {
    of: '1hqjp7u',
    text: '不把被拒绝的消息投递给任何收件人。',
    why: '发件人已被告知消息没有发出。位于队列之后的过滤器说不的时候，消息可能已在路上。',
  },
  'encryption.refuses-ordinary-mail': {
    of: '0q5nxwi',
    text: '拒绝未加密邮件的常见形式：带文本替代内容的 HTML，以及已签名的邮件。',
    why: '没有收件人密钥的邮件程序发送的正是这些。签名不等于加密。',
  },
  'encryption.refuses-inline-pgp': {
    of: '13lb7ml',
    text: '拒绝 text/plain 消息里的 PGP 铠装块。',
    why: '铠装块周围的文字是明文；只搜索 BEGIN PGP MESSAGE 看不出来。',
  },
  'encryption.refuses-read-receipts': {
    of: '119s5ch',
    text: '拒绝未加密的已读回执（multipart/report，disposition-notification）。',
    why: '它们会让服务器和沿途所有人知道谁在何时读了什么。Delta Chat 会加密自己的回执。',
  },
  'encryption.refuses-reports-of-users': {
    of: '062ugzh',
    text: '拒绝用户提交的未加密投递报告。',
    why: '报告里有文字和整条消息。只有邮件服务器才发送报告，而它们不会登录。',
  },
  'encryption.refuses-setup-messages-to-others': {
    of: '01kd9pc',
    text: '拒绝发给自己以外任何人的 Autocrypt Setup Message。',
    why: '这个例外是为了把密钥转移到自己的第二台设备。若能发给别人，就成了发送明文的途径。',
  },
  'encryption.refuses-fake-securejoin': {
    of: '16jjpio',
    text: '除最初的请求本身外，不让任何明文冒充 securejoin 通过：没有其他文字、附件或后续步骤。',
    why: '检查有多松，例外就有多宽：只看一个头字段，任何消息都能以明文通过。后续步骤带有机密。',
  },
  'encryption.refuses-readable-parts': {
    of: '0z4m5aa',
    text: '拒绝在加密部分旁边、外面带有可读部分，或以可读部分代替加密部分的消息。',
    why: '有些程序只加密附件，文字仍留在旁边。凡不在加密部分里的，沿途任何人都能读到。',
  },
  'encryption.refuses-text-beside-armour': {
    of: '0hhhq2w',
    text: '拒绝除一条铠装消息外还含有其他内容的加密部分：铠装之前、之后或之内的文字。',
    why: '只要过滤器仅搜索 BEGIN 和 END 行，可读的文字就有空隙可钻。',
  },
  'encryption.refuses-broken-armour': {
    of: '141zvrf',
    text: '拒绝空的、不是 base64 的或不是消息的铠装。',
    why: '谁也无法解密它，所以要么是发件人应当得知的损坏，要么是伪装的其他东西。',
  },
  'encryption.refuses-readable-packets': {
    of: '1x7ftd1',
    text: '拒绝未加密的 OpenPGP 数据：字面、压缩或签名数据，无论单独出现还是在加密包旁边。',
    why: '看上去都像 PGP，而任何人都能读。',
  },
  'encryption.refuses-broken-packets': {
    of: '1k5ikp8',
    text: '拒绝字节内容不是以加密数据结尾的 OpenPGP 包序列的铠装。',
    why: '任何文字都能写成 base64。只有读取包才知道是否加密。',
  },
  'encryption.refuses-unprotected-data': {
    of: '0dowg0g',
    text: '拒绝没有完整性保护的加密（包类型 9）。',
    why: '这样的消息可能在途中被改动，使读者的程序泄露内容（EFAIL）。',
  },
}
