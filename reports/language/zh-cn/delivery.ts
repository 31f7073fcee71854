// What is asked of delivery, and why, in Chinese, simplified. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const delivery: CatalogueWords = {
  'delivery.arrives-under-a-second': {
    of: '0bhbu9s',
    text: '本服务器用户之间的 100 条消息中，有 95 条在一秒内到达空闲设备，不计网络时间。',
    why: '聊天应当是即时的：从一台设备到另一台远少于一秒。服务器上的队列或通知延迟，每条消息都会感觉到。',
  },
  'delivery.still-notifies-after-idling': {
    of: '0u64h3p',
    text: '设备处于 IDLE 超过半分钟后，仍会收到新邮件通知。',
    why: '聊天大部分时间是安静的。服务器若忘掉空闲会话，手机就一直没有动静，直到几分钟后再次查询。',
  },
  'delivery.wakes-every-device': {
    of: '1fq3ibg',
    text: '通知账号中处于 IDLE 的每个会话，而不只是其中一个。',
    why: '用户的手机和电脑使用同一个账号，两者都必须立即得知新消息。',
  },
  'delivery.never-loses': {
    of: '1s35rre',
    text: '投递它已接受的每条消息。',
    why: '250 就是承诺。此后丢失的消息就永远丢失了：没有人会重发，也没有人会被告知。',
  },
  'delivery.never-duplicates': {
    of: '07eo1qd',
    text: '每条消息只投递一次。',
    why: '重复的副本会无故再次唤醒手机并占满邮箱；不做比较的客户端会显示两次。',
  },
  'delivery.delivers-unread': {
    of: '0sytlgs',
    text: '投递的消息不带 \\Seen 和 \\Deleted 标志。',
    why: '标为已看的消息会被当作在另一台设备上已读，无人收到通知；标为已删除的会在下次 CLOSE 时消失。',
  },
  'delivery.reaches-every-recipient': {
    of: '1rcqiwo',
    text: '把消息投递给它的每个收件人。',
    why: '群组消息是带有多个收件人的一次传输。漏掉的人看不到部分对话，而且无人察觉。',
  },
  'delivery.delivers-to-self': {
    of: '0ca6z1f',
    text: '把用户发给自己的消息投递给他们，无论单独发送还是与其他收件人一起。',
    why: '发件人的其他设备靠这份副本得知写了什么，“已保存的消息”也不过如此。',
  },
  'delivery.delivers-same-message-to-more-recipients': {
    of: '04vqjp7',
    text: '与先前消息 Message-ID 相同的消息，仍投递给尚未收到的收件人，且只投递给他们。',
    why: 'Delta Chat 会把大群组拆成多次内容相同的传输。服务器即使已见过该 Message-ID 也必须投递。',
  },
  'delivery.keeps-bytes': {
    of: '1kcuq11',
    text: '逐字节原样投递加密正文。',
    why: '加密消息只要改动一个字节，就完全无法阅读。',
  },
  'delivery.keeps-message-id': {
    of: '0yuwqjd',
    text: '保持消息的 Message-ID 不变。',
    why: '回复、回应、删除和已读回执都靠它指明消息。改了它就什么也指不到。',
  },
  'delivery.keeps-date': {
    of: '0763jhh',
    text: '投递 Date 为数天前的消息，并保持该 Date 不变。',
    why: 'Delta Chat 有意把外层日期模糊最多六天。把它当作垃圾邮件的过滤器会丢失消息，而改成真实时间又会暴露本应隐藏的信息。',
  },
  'delivery.keeps-recipients-hidden': {
    of: '0mb4kff',
    text: '不向没有写明地址的 To 字段写入地址。',
    why: '群组里有谁只与群组有关：Delta Chat 写的是 `To: "hidden-recipients": ;`，名单放在内部。',
  },
  'delivery.keeps-headers': {
    of: '0i674d0',
    text: '保持 From、Chat-Version、Chat-Is-Post-Message、MIME-Version 和 Content-Type 不变。',
    why: '客户端据此决定下载什么以及如何拆分。分隔符大小写变了就无法拆分。',
  },
  'delivery.delivers-large-messages': {
    of: '11l25ho',
    text: '完整投递 1 MB 的消息。',
    why: '一张照片或一条语音消息大约就这么大。',
  },
  'delivery.accepts-client-parameters': {
    of: '1az3lra',
    text: '在提供这些扩展时，接受 MAIL 参数 BODY=8BITMIME 和 SMTPUTF8。',
    why: '只要服务器提供，Delta Chat 每条消息都会带上两者。拒绝会使一切发送停止。',
  },
}
