// What is asked of imap, and why, in Italian. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const imap: CatalogueWords = {
  'imap.greets': {
    of: '0kpjqga',
    text: 'Saluta ogni connessione IMAP con un OK senza etichetta.',
    why: 'Un client aspetta il saluto prima di dire qualcosa. Senza, nessuno legge la posta.',
  },
  'imap.answers-capability': {
    of: '0ujtn5w',
    text: 'Dopo l’accesso risponde a CAPABILITY con un elenco che contiene IMAP4rev1.',
    why: 'Da questo elenco i client decidono che cosa possono chiedere. Un client che non ne riceve tratta il server come guasto.',
  },
  'imap.advertises-xchatmail': {
    of: '0cdfnq7',
    text: 'Dopo l’accesso elenca XCHATMAIL fra le sue capacità.',
    why: 'Da questa parola Delta Chat riconosce un server chatmail: nasconde allora le impostazioni della posta classica ed elimina la posta dal server appena l’ha ricevuta.',
  },
  'imap.advertises-idle': {
    of: '1qtcgzn',
    text: 'Dopo l’accesso elenca IDLE fra le sue capacità.',
    why: 'Senza IDLE Delta Chat chiede la nuova posta una volta al minuto: i messaggi arrivano tardi e aggiungere un contatto richiede minuti.',
  },
  'imap.refuses-cleartext-login': {
    of: '1ouzqd2',
    text: 'Sulla porta STARTTLS rifiuta un accesso prima di TLS.',
    why: 'Una password inviata in chiaro può leggerla chiunque lungo la strada. Il server deve fare in modo che nessun client ci si abitui.',
  },
  'imap.discards-commands-injected-before-tls': {
    of: '109ynkh',
    text: 'Non esegue mai dentro TLS ciò che è stato inviato in chiaro dopo STARTTLS.',
    why: 'Qualcuno lungo la strada potrebbe mettere comandi propri davanti a quelli che l’utente invia dentro TLS (CVE-2011-0411 e simili).',
  },
  'imap.logs-in-with-quoted-escapes': {
    of: '0w5c3hr',
    text: 'Legge come era intesa una password con virgolette e barre rovesciate in una stringa fra virgolette.',
    why: 'Il relay propone password con questi caratteri, e Delta Chat le invia come stringhe fra virgolette.',
  },
  'imap.refuses-mailbox-before-login': {
    of: '0bqxonb',
    text: 'Rifiuta SELECT, STATUS e FETCH prima dell’accesso.',
    why: 'La posta è solo per chi ne è proprietario.',
  },
  'imap.refuses-metadata-before-login': {
    of: '0tvbmdr',
    text: 'Rifiuta GETMETADATA prima dell’accesso.',
    why: 'I metadati contengono le password del relay per le chiamate: degli estranei lo consumerebbero.',
  },
  'imap.selects-inbox': {
    of: '1akuzl3',
    text: 'Apre con SELECT la INBOX di un account nuovo e dice quanti messaggi contiene.',
    why: 'È l’unica casella che Delta Chat usa.',
  },
  'imap.shows-uidvalidity': {
    of: '1opg1oc',
    text: 'Con SELECT dà un UIDVALIDITY maggiore di zero.',
    why: 'Senza, Delta Chat non può aprire una casella.',
  },
  'imap.shows-uidnext': {
    of: '1a2dizf',
    text: 'Dà UIDNEXT con SELECT, o almeno con STATUS.',
    why: 'Delta Chat comincia a leggere dall’UIDNEXT che ricorda. Senza, la nuova posta non si trova.',
  },
  'imap.keeps-uidvalidity': {
    of: '1u75hw1',
    text: 'Dà lo stesso UIDVALIDITY in ogni sessione.',
    why: 'Quando cambia, un client deve dimenticare tutto ciò che sa della casella e rileggere tutto.',
  },
  'imap.keeps-uids': {
    of: '0tcrz48',
    text: 'Lascia a un messaggio il suo UID quando altri vengono eliminati e nelle sessioni successive.',
    why: 'Un client che elimina per UID eliminerebbe il messaggio sbagliato, o lo scaricherebbe due volte, o mai.',
  },
  'imap.advances-uidnext': {
    of: '1phn5xb',
    text: 'Dà a un nuovo messaggio un UID non inferiore all’UIDNEXT di prima, e poi un UIDNEXT superiore.',
    why: 'Delta Chat legge dall’UIDNEXT che ricorda: un messaggio al di sotto non viene mai mostrato.',
  },
  'imap.never-reuses-uids': {
    of: '19sefj2',
    text: 'Dà a un nuovo messaggio un UID nuovo anche quando l’ultimo messaggio è stato eliminato.',
    why: 'I client chatmail eliminano ciò che hanno letto. Un messaggio che riceve l’UID di uno eliminato sembra già letto e non viene mai mostrato.',
  },
  'imap.prefetches-headers': {
    of: '0abrrya',
    text: 'Risponde al FETCH con cui comincia Delta Chat: UID, RFC822.SIZE in ottetti e i campi di intestazione chiesti, in una sola risposta.',
    why: 'Ogni messaggio ricevuto comincia con questo comando. Ciò che manca non viene mai scaricato.',
  },
  'imap.returns-asked-header-fields': {
    of: '06n9koa',
    text: 'Dà esattamente i campi di intestazione chiesti, con maiuscole qualsiasi, e una riga vuota.',
    why: 'I client chiedono pochi campi per risparmiare dati su reti lente, e smettono di leggere alla riga vuota.',
  },
  'imap.returns-exact-bytes': {
    of: '1o7z9u5',
    text: 'Restituisce un messaggio ottetto per ottetto.',
    why: 'La posta crittografata cambiata in un solo ottetto non si può leggere.',
  },
  'imap.fetches-uid-sets': {
    of: '05fj6bm',
    text: 'Dà una volta ogni messaggio di un insieme di UID con intervalli e numeri singoli, e salta gli UID che non ci sono.',
    why: 'Delta Chat scarica con un solo comando ciò che si è perso. Ciò che manca è perso per l’utente.',
  },
  'imap.peeks-without-marking-seen': {
    of: '1gkbi1y',
    text: 'Lascia non visto un messaggio scaricato con BODY.PEEK[].',
    why: 'Con più dispositivi \\Seen significa che una persona ha letto il messaggio. Uno scaricamento in secondo piano non deve dirlo.',
  },
  'imap.keeps-flags': {
    of: '1k0rt9x',
    text: 'Mostra in ogni sessione successiva un contrassegno messo in una sessione.',
    why: 'Con \\Seen i dispositivi di un utente si dicono che cosa è stato letto.',
  },
  'imap.adds-flags-to-others': {
    of: '077bkze',
    text: 'Con +FLAGS aggiunge un contrassegno a quelli che ci sono.',
    why: 'Un server che invece li sostituisce perde ciò che altri dispositivi hanno segnato.',
  },
  'imap.expunges-on-close': {
    of: '10sl98z',
    text: 'Con CLOSE rimuove i messaggi segnati \\Deleted, e nessun altro.',
    why: 'Delta Chat non elimina la posta dal server in nessun altro modo. Altrimenti resta tutta lì, anche se l’app dice che è stata eliminata.',
  },
  'imap.idles': {
    of: '0d3ueqb',
    text: 'Comincia IDLE con una continuazione e lo termina a DONE con un OK etichettato.',
    why: 'Delta Chat passa le giornate in IDLE. Se non comincia o non finisce come deve, l’app si riconnette di continuo.',
  },
  'imap.notifies-while-idle': {
    of: '08ntyxj',
    text: 'Comunica con EXISTS un nuovo messaggio a una sessione in attesa.',
    why: 'Altrimenti i messaggi compaiono solo quando il client guarda da sé, minuti dopo.',
  },
  'imap.notifies-in-next-idle': {
    of: '07mtm2b',
    text: 'Avvisa di nuovo della nuova posta nel prossimo IDLE della stessa sessione.',
    why: 'I client lasciano IDLE a ogni messaggio e poi tornano. Dal secondo messaggio in poi non saprebbero più nulla.',
  },
  'imap.tells-mail-from-before-idle': {
    of: '14tihzn',
    text: 'Avvisa, prima o all’inizio di IDLE, di un messaggio arrivato fra due comandi.',
    why: 'Un messaggio che arriva mentre il client si occupa di un altro resterebbe inosservato fino al successivo.',
  },
  'imap.shows-new-mail-at-select': {
    of: '0jew0t4',
    text: 'Mostra con SELECT un messaggio arrivato fra DONE e SELECT.',
    why: 'Delta Chat chiude e riapre INBOX dopo ogni messaggio che elimina, e lì legge UIDNEXT.',
  },
  'imap.allows-repeated-tags': {
    of: '0pm85bb',
    text: 'Accetta un’etichetta già usata sulla stessa connessione.',
    why: 'Delta Chat ricomincia a contare le etichette quando parte la compressione.',
  },
  'imap.keeps-its-word-on-compression': {
    of: '095g8vk',
    text: 'Comprime la connessione dove elenca COMPRESS=DEFLATE.',
    why: 'Delta Chat non può usare un server che la elenca e poi la rifiuta: l’account non si può nemmeno configurare.',
  },
}
