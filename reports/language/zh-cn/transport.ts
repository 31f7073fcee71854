// What is asked of transport, and why, in Chinese, simplified. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const transport: CatalogueWords = {
  'transport.speaks-modern-tls': {
    of: '0nkddu1',
    text: '每个端口都使用 TLS 1.2 或更新版本。',
    why: '应用和其他服务器不再支持更旧的版本。',
  },
  'transport.certificate-is-trusted': {
    of: '11gx37a',
    text: '每个端口都出示由公认机构担保的证书，并附上两者之间的完整证书链。',
    why: '否则应用和其他服务器会拒绝连接。浏览器常能自行补上缺失的一环，邮件程序则不会。',
  },
  'transport.certificate-carries-name': {
    of: '0m31mc4',
    text: '每个端口都出示带有访问服务器所用名称的证书。',
    why: '应用和其他服务器会拒绝颁发给别人的证书：它们正是据此确认对方是谁。',
  },
  'transport.certificate-is-in-date': {
    of: '0ougpaw',
    text: '每个端口都出示当前有效的证书。',
    why: '从过期那天起，谁也进不来，其他服务器的邮件也到不了。',
  },
  'transport.keys-are-strong': {
    of: '1g6ogq4',
    text: '证书所用的密钥无人能够算出：RSA 2048 位，椭圆曲线 256 位。',
    why: '得到密钥的人就能冒充服务器。如今许多程序完全拒绝更短的密钥。',
  },
}
