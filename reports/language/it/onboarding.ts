// What is asked of onboarding, and why, in Italian. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const onboarding: CatalogueWords = {
  'onboarding.new-proposes-credentials': {
    of: '1jvwoek',
    text: 'Risponde a un POST /new vuoto con un indirizzo del proprio dominio e una password, in JSON, senza chiedere nulla.',
    why: 'È qui che porta un invito scansionato. Qualunque ostacolo, un modulo, un token, un reindirizzamento, blocca la registrazione.',
  },
  'onboarding.new-proposals-differ': {
    of: '0ner51j',
    text: 'Propone ogni volta un altro indirizzo e un’altra password.',
    why: 'Due persone con lo stesso indirizzo condividerebbero la casella; due con la stessa password potrebbero leggere l’una la posta dell’altra.',
  },
  'onboarding.new-proposal-works': {
    of: '1o3jwqf',
    text: 'Fa entrare chi si presenta con le credenziali proposte, sia via IMAP sia per l’invio.',
    why: 'L’app le usa subito e una volta sola: se non funzionano, la registrazione è fallita.',
  },
  'onboarding.is-ready-in-seconds': {
    of: '15n36un',
    text: 'Porta un nuovo utente dal POST /new a una casella in ascolto entro cinque secondi.',
    why: 'Iniziare in pochi secondi è la promessa con cui le persone ne invitano altre.',
  },
  'onboarding.creates-account-on-first-imap-login': {
    of: '0f16igf',
    text: 'Crea un account al primo accesso IMAP con un nome nuovo, subito utilizzabile.',
    why: 'L’app inventa un nome e una password e accede; non c’è altra registrazione.',
  },
  'onboarding.creates-account-on-first-smtp-login': {
    of: '1nq7z04',
    text: 'Crea un account al primo accesso per l’invio con un nome nuovo, subito utilizzabile.',
    why: 'L’app accede via IMAP e SMTP nello stesso momento. Può arrivare primo l’uno o l’altro.',
  },
  'onboarding.creates-account-once': {
    of: '0f4nbte',
    text: 'Crea un solo account quando arrivano insieme più primi accessi con la stessa password.',
    why: 'Le app aprono più connessioni insieme. Se una viene rifiutata, la registrazione fallisce; se nascono due account, in uno di essi si perde posta.',
  },
  'onboarding.accepts-credentials-of-apps': {
    of: '1v7lm15',
    text: 'Accetta nomi nuovi di 9 fra lettere e cifre e password di 22 caratteri, via IMAP e per l’invio nello stesso momento.',
    why: 'Sono quelli che l’app inventa per un invito che indica solo il server.',
  },
  'onboarding.lets-owner-back-in': {
    of: '1i9htkh',
    text: 'Fa rientrare il proprietario di un account, via IMAP e per l’invio.',
    why: 'Ogni connessione successiva di ogni dispositivo è un accesso di questo tipo.',
  },
  'onboarding.keeps-users-with-equal-passwords-apart': {
    of: '1iarx6c',
    text: 'Dà caselle separate a due utenti che per caso hanno la stessa password.',
    why: 'Chi condivide una casella legge la posta di qualcun altro.',
  },
  'onboarding.accepts-odd-passwords': {
    of: '1p93mi0',
    text: 'Accetta password con virgolette, barre rovesciate e altra punteggiatura, via IMAP e per l’invio.',
    why: 'È il relay stesso a proporre password di questo tipo.',
  },
  'onboarding.accepts-long-passwords': {
    of: '1baxb8c',
    text: 'Accetta password di 50 caratteri, via IMAP e per l’invio.',
    why: 'Delta Chat prima della 2.58 inventava password di questa lunghezza.',
  },
  'onboarding.refuses-wrong-password': {
    of: '11w12lh',
    text: 'Rifiuta un accesso con la password sbagliata, via IMAP e per l’invio.',
    why: 'La posta è solo per chi ne è proprietario.',
  },
  'onboarding.refuses-empty-password': {
    of: '09hrktb',
    text: 'Rifiuta un accesso con la password vuota.',
    why: 'Alcuni archivi di password prendono una password vuota per un accesso anonimo, che riesce sempre.',
  },
  'onboarding.compares-whole-password': {
    of: '0xvb1yw',
    text: 'Rifiuta una password che differisce da quella giusta solo nell’ultimo carattere.',
    why: 'I vecchi hash guardano solo i primi otto caratteri: resta molto meno da indovinare.',
  },
  'onboarding.compares-password-case': {
    of: '0uxxqnd',
    text: 'Rifiuta una password che differisce da quella giusta solo per maiuscole e minuscole.',
    why: 'Ignorare la differenza rende le password molto più facili da indovinare.',
  },
  'onboarding.compares-password-punctuation': {
    of: '1gq99g5',
    text: 'Rifiuta una password che differisce da quella giusta solo nella punteggiatura.',
    why: 'Un server che scarta ciò che non sa citare apre una casella a più di una password.',
  },
  'onboarding.keeps-password-after-wrong-login': {
    of: '0nm47da',
    text: 'Fa entrare il proprietario anche dopo che qualcuno ha provato una password sbagliata.',
    why: 'Altrimenti chi conosce un indirizzo potrebbe impadronirsi dell’account o chiuderne fuori il proprietario.',
  },
  'onboarding.autoconfig-endpoints-work': {
    of: '0ci8vqq',
    text: 'Fa accedere gli utenti a ogni server elencato nel suo documento autoconfig.',
    why: 'Le app prendono l’elenco alla lettera. Una voce morta costa un minuto di attesa, una sbagliata la registrazione.',
  },
}
