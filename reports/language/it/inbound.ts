// What is asked of inbound, and why, in Italian. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const inbound: CatalogueWords = {
  'inbound.accepts-signed-mail': {
    of: '0qlckc0',
    text: 'Accetta al primo tentativo posta crittografata di un altro dominio firmata da quel dominio, qualunque sia il suo indirizzo di rete, e la consegna a tutti i suoi destinatari locali.',
    why: 'I server piccoli non hanno reputazione, nome inverso né record SPF: su un server chatmail conta solo la firma.',
  },
  'inbound.requires-signature': {
    of: '1whxzos',
    text: 'Rifiuta posta di altri server che non porta una firma DKIM, da chiunque dica di venire.',
    why: 'Senza, chiunque può scrivere a nome di chiunque.',
  },
  'inbound.verifies-signature': {
    of: '19feqod',
    text: 'Rifiuta posta la cui firma DKIM non corrisponde al messaggio o alla chiave pubblicata.',
    why: 'Una firma che nessuno verifica non protegge nessuno.',
  },
  'inbound.requires-alignment': {
    of: '061yaf3',
    text: 'Rifiuta posta firmata solo da un dominio diverso da quello in From.',
    why: 'Chiunque può firmare con un dominio proprio; dice qualcosa solo la firma del dominio mostrato.',
  },
  'inbound.refuses-cleartext': {
    of: '0g5k9fz',
    text: 'Rifiuta posta non crittografata di altri server, firmata o no.',
    why: 'Agli utenti si promette che passa solo posta crittografata, in entrambe le direzioni.',
  },
  'inbound.relays-for-nobody': {
    of: '1b7wisf',
    text: 'Rifiuta destinatari di altri domini sulla porta 25 e su /mxdeliv.',
    why: 'Un relay aperto viene trovato in poche ore, e poi trasporta spam a tuo nome.',
  },
  'inbound.judges-https-mail-alike': {
    of: '0e10m7v',
    text: 'Rifiuta su /mxdeliv ciò che rifiuta sulla porta 25, se lì accetta posta.',
    why: 'Una seconda porta con una serratura più debole rende inutile la prima.',
  },
  'inbound.accepts-encrypted': {
    of: '0288au2',
    text: 'Accetta posta crittografata di altri server in ogni forma scritta dai client di chat: per chiavi più vecchie, per gruppi grandi, con password, a blocchi, con file.',
    why: 'Le persone scelgono liberamente il server. Ciò che un server lascia uscire e l’altro non lascia entrare è perso, e nessuno dei due lati può rimediare.',
  },
  'inbound.refuses-fakes': {
    of: '1pmm6ov',
    text: 'Rifiuta posta di altri server che sembra soltanto crittografata, anche se ben firmata.',
    why: 'La promessa vale in entrambe le direzioni: ciò che arriva leggibile resta leggibile sul server, e la risposta lo cita.',
  },
}
