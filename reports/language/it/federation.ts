// What is asked of federation, and why, in Italian. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const federation: CatalogueWords = {
  'federation.delivers-elsewhere': {
    of: '04i1zrk',
    text: 'Consegna posta crittografata al server di posta di un altro dominio, crittografata così come è stata inviata.',
    why: 'Un server di chat che raggiunge solo i propri utenti è un’isola.',
  },
  'federation.reaches-every-recipient': {
    of: '0sf22re',
    text: 'Consegna un messaggio a tutti i suoi destinatari, su un altro dominio e su più domini.',
    why: 'In un gruppo, chi resta escluso non sa di essersi perso qualcosa.',
  },
  'federation.delivers-once': {
    of: '0h1puw1',
    text: 'Non invia una seconda volta un messaggio accettato dall’altra parte.',
    why: 'Ogni copia sveglia il telefono del destinatario.',
  },
  'federation.falls-back-to-smtp': {
    of: '1vk09qj',
    text: 'Consegna via SMTP dove il server web del destinatario non conosce /mxdeliv.',
    why: 'Quasi ogni server di posta ha accanto un server web, e quasi nessuno lì accetta posta.',
  },
  'federation.signs-mail': {
    of: '1xale98',
    text: 'Firma la posta per altri server con una firma DKIM che copre From e corrisponde alla chiave nel proprio DNS.',
    why: 'I server chatmail non accettano altro, e i grandi fornitori trattano tutto il resto da spam.',
  },
  'federation.signs-as-author': {
    of: '1igwkos',
    text: 'Firma esattamente con il dominio dell’indirizzo in From, non con uno sopra, sotto o accanto.',
    why: 'Un server chatmail li confronta lettera per lettera e rifiuta la posta se differiscono.',
  },
  'federation.tries-again': {
    of: '0qvsgc4',
    text: 'Riprova più tardi quando un altro server è giù o lo dice con una risposta 4xx.',
    why: 'Ogni server ogni tanto è giù. I messaggi non devono perdersi per questo.',
  },
}
