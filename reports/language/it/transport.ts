// What is asked of transport, and why, in Italian. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const transport: CatalogueWords = {
  'transport.speaks-modern-tls': {
    of: '0nkddu1',
    text: 'Parla TLS 1.2 o più recente su ogni porta.',
    why: 'App e altri server non conoscono più nulla di più vecchio.',
  },
  'transport.certificate-is-trusted': {
    of: '11gx37a',
    text: 'Mostra, su ogni porta, un certificato garantito da un’autorità nota, con tutto ciò che sta fra i due.',
    why: 'Altrimenti app e altri server rifiutano la connessione. I browser spesso trovano da sé un anello mancante della catena; i programmi di posta no.',
  },
  'transport.certificate-carries-name': {
    of: '0m31mc4',
    text: 'Mostra, su ogni porta, un certificato che porta il nome con cui si raggiunge il server.',
    why: 'App e altri server ne rifiutano uno intestato ad altri: è così che sanno con chi parlano.',
  },
  'transport.certificate-is-in-date': {
    of: '0ougpaw',
    text: 'Mostra, su ogni porta, un certificato valido oggi.',
    why: 'Dal giorno in cui scade nessuno entra più, e dagli altri server non arriva posta.',
  },
  'transport.keys-are-strong': {
    of: '1g6ogq4',
    text: 'Ha certificati con chiavi che nessuno può calcolare: RSA da 2048 bit, curve ellittiche da 256.',
    why: 'Chi trova la chiave può fingersi il server. Molti programmi di oggi rifiutano del tutto chiavi più corte.',
  },
}
