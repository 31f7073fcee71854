// What is asked of sender, and why, in Italian. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const sender: CatalogueWords = {
  'sender.envelope-is-login': {
    of: '0kaffwi',
    text: 'Rifiuta un mittente della busta diverso dall’indirizzo dell’accesso, dello stesso server o di un altro.',
    why: 'Altrimenti ogni utente può inviare, e ricevere rimbalzi, a nome di chiunque.',
  },
  'sender.from-is-own': {
    of: '0g7a3mm',
    text: 'Rifiuta un messaggio il cui From indica un altro utente del server o qualcuno di un altro dominio.',
    why: 'From è ciò che il destinatario vede, e ciò che DKIM garantisce agli altri server.',
  },
  'sender.from-is-the-address': {
    of: '1gmmhwm',
    text: 'Giudica From dal suo indirizzo, qualunque cosa ci sia nel nome, in un commento o nell’intestazione Sender.',
    why: 'Un filtro che cerca il proprio indirizzo ovunque nell’intestazione lascia passare ogni falso che lo menziona.',
  },
  'sender.first-from-decides': {
    of: '1feivtu',
    text: 'Rifiuta un messaggio con due intestazioni From di cui la prima è di qualcun altro.',
    why: 'I client mostrano la prima. Un filtro che guarda l’ultima lascia passare il falso.',
  },
  'sender.requires-from': {
    of: '0eawpf3',
    text: 'Rifiuta un messaggio senza intestazione From.',
    why: 'I server lungo la strada ci mettono qualcosa loro, oppure altri server rifiutano la posta perché non c’è nulla da firmare.',
  },
  'sender.requires-login': {
    of: '0jq93gu',
    text: 'Sulle porte di invio accetta posta solo da chi ha fatto l’accesso.',
    why: 'Senza accesso chiunque su internet può inviare come utente di questo server, che diventa una fonte di spam.',
  },
  'sender.requires-tls': {
    of: '1k6dz2o',
    text: 'Sulla porta 587 non accetta posta prima di STARTTLS.',
    why: 'Chi scrive a chi sarebbe leggibile lungo la strada.',
  },
  'sender.hides-login-before-tls': {
    of: '1azwz9p',
    text: 'Sulla porta 587 non annuncia AUTH prima di STARTTLS.',
    why: 'I client che vedono AUTH possono inviare la password in chiaro.',
  },
  'sender.refuses-login-before-tls': {
    of: '1bcszu0',
    text: 'Sulla porta 587 rifiuta l’accesso prima di STARTTLS, prima che sia inviata una password.',
    why: 'Un client a cui qualcuno lungo la strada impedisce di usare TLS non deve arrivare fino alla password.',
  },
  'sender.discards-commands-injected-before-tls': {
    of: '0yorhav',
    text: 'Sulla porta 587 non esegue mai dentro TLS ciò che è stato inviato in chiaro dopo STARTTLS.',
    why: 'Qualcuno lungo la strada potrebbe mettere comandi propri davanti a quelli che l’utente invia dentro TLS (CVE-2011-0411 e simili).',
  },
  'sender.offers-plain-login': {
    of: '0cm9jti',
    text: 'Offre AUTH PLAIN quando TLS è attivo.',
    why: 'È così che accedono Delta Chat e ogni programma di posta. Senza, l’account nasce ma non può inviare.',
  },
  'sender.accepts-address-literal': {
    of: '0iowi1p',
    text: 'Accetta posta dai client che dicono EHLO con un indirizzo letterale, come fa sempre Delta Chat: [127.0.0.1].',
    why: 'Un telefono non ha un nome proprio. Un server che ne pretende uno può ricevere per i suoi utenti, ma non inviare.',
  },
}
