// What is asked of encryption, and why, in Italian. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const encryption: CatalogueWords = {
  'encryption.accepts-encrypted': {
    of: '0juxzbf',
    text: 'Accetta e consegna i messaggi crittografati che Delta Chat invia oggi: SEIPD versione 2 con un pacchetto di chiave di sessione versione 6 per ogni chiave.',
    why: 'È ciò che le persone si scrivono. Un server che lo rifiuta è inutilizzabile.',
  },
  'encryption.accepts-older-keys': {
    of: '0ryjwcx',
    text: 'Accetta e consegna SEIPD versione 1 con pacchetti di chiave di sessione versione 3.',
    why: 'Ai contatti con chiavi anteriori al 2024 si scrive in questa forma, e un solo membro così decide per tutto il gruppo.',
  },
  'encryption.accepts-many-keys': {
    of: '0b8q6h7',
    text: 'Accetta e consegna un messaggio con un pacchetto di chiave di sessione per ciascuno di molti membri.',
    why: 'Ai gruppi si scrive con un unico messaggio per tutti, che porta un pacchetto per ogni chiave.',
  },
  'encryption.accepts-password-encrypted': {
    of: '01nh7tz',
    text: 'Accetta e consegna un messaggio crittografato con una password: SKESK versione 6 e nessun pacchetto di chiave pubblica.',
    why: 'I link di invito di oggi cominciano con un messaggio così. Senza, nessuno stabilisce un contatto.',
  },
  'encryption.accepts-securejoin-request': {
    of: '1pn3urs',
    text: 'Lascia passare il primo messaggio non crittografato di un vecchio link di invito, per contatti (vc-request) e gruppi (vg-request).',
    why: 'In quel momento nessuno dei due ha la chiave dell’altro. Inviti e codici QR dei client più vecchi cominciano così.',
  },
  'encryption.accepts-larger-messages': {
    of: '0flbilk',
    text: 'Accetta e consegna messaggi crittografati grandi come un’immagine.',
    why: 'Immagini, messaggi vocali e app viaggiano dentro messaggi crittografati.',
  },
  'encryption.ignores-chat-headers': {
    of: '0oznoym',
    text: 'Giudica un messaggio dal corpo, che abbia o no l’intestazione Chat-Version.',
    why: 'Lo stesso Delta Chat invia senza di essa i messaggi securejoin, e altri client non la scrivono mai.',
  },
  'encryption.accepts-any-header-order': {
    of: '0aky6f1',
    text: 'Accetta messaggi qualunque sia l’ordine delle intestazioni e dei parametri di Content-Type.',
    why: 'Alcune versioni di Delta Chat scrivono Content-Type per primo, altre per ultimo; l’ordine non significa nulla.',
  },
  'encryption.accepts-partial-lengths': {
    of: '1a485io',
    text: 'Legge pacchetti OpenPGP scritti a blocchi (lunghezze parziali del corpo).',
    why: 'I client che trasmettono file grandi non ne conoscono prima la lunghezza.',
  },
  'encryption.refuses-cleartext': {
    of: '1nv40ch',
    text: 'Rifiuta di accettare un messaggio il cui corpo non è crittografato end-to-end.',
    why: 'Agli utenti si promette che nulla di ciò che scrivono può lasciare il dispositivo in chiaro, per errore o per un’app difettosa. Il server è l’ultimo che può impedirlo.',
  },
  'encryption.refuses-cleartext-to-oneself': {
    of: '0li3bfu',
    text: 'Rifiuta messaggi in chiaro che un utente invia al proprio indirizzo.',
    why: 'Note a sé stessi e messaggi fra i propri dispositivi resterebbero leggibili sul server.',
  },
  'encryption.refuses-cleartext-to-others-domains': {
    of: '0zoof68',
    text: 'Rifiuta messaggi in chiaro per un destinatario di un altro dominio.',
    why: 'Attraverserebbero internet leggibili, e l’altro server potrebbe conservarli per sempre.',
  },
  'encryption.refuses-cleartext-to-several': {
    of: '1cgh1re',
    text: 'Rifiuta messaggi in chiaro per più destinatari di cui uno è di un altro dominio.',
    why: 'Un filtro che guarda solo il primo destinatario, o che esenta gli elenchi misti, lascia passare ogni messaggio con un secondo destinatario.',
  },
  'encryption.delivers-nothing-refused': {
    of: '1hqjp7u',
    text: 'Non consegna a nessun destinatario un messaggio rifiutato.',
    why: 'Al mittente è stato detto che non è partito. Un filtro dietro la coda può dire di no quando il messaggio è già in viaggio.',
  },
  'encryption.refuses-ordinary-mail': {
    of: '0q5nxwi',
    text: 'Rifiuta le forme comuni di posta non crittografata: HTML con alternativa testuale e posta firmata.',
    why: 'Un programma di posta senza la chiave del destinatario invia proprio questo. Firmato non vuol dire crittografato.',
  },
  'encryption.refuses-inline-pgp': {
    of: '13lb7ml',
    text: 'Rifiuta un blocco PGP dentro un messaggio text/plain.',
    why: 'Il testo attorno al blocco viaggia in chiaro; cercare BEGIN PGP MESSAGE non basta a vederlo.',
  },
  'encryption.refuses-read-receipts': {
    of: '119s5ch',
    text: 'Rifiuta conferme di lettura non crittografate (multipart/report, disposition-notification).',
    why: 'Dicono al server, e a tutti lungo la strada, chi legge che cosa e quando. Delta Chat crittografa le proprie.',
  },
  'encryption.refuses-reports-of-users': {
    of: '062ugzh',
    text: 'Rifiuta rapporti di consegna non crittografati inviati da un utente.',
    why: 'I rapporti contengono testo e messaggi interi. Li inviano solo i server di posta, e quelli non fanno l’accesso.',
  },
  'encryption.refuses-setup-messages-to-others': {
    of: '01kd9pc',
    text: 'Rifiuta un Autocrypt Setup Message diretto ad altri che a sé stessi.',
    why: 'L’eccezione serve a trasferire una chiave su un proprio secondo dispositivo. Verso altri sarebbe un modo di scrivere in chiaro.',
  },
  'encryption.refuses-fake-securejoin': {
    of: '16jjpio',
    text: 'Non lascia passare in chiaro come securejoin nulla tranne la prima richiesta: nessun altro testo, nessun allegato, nessun passo successivo.',
    why: 'L’eccezione è larga quanto il suo controllo: se basta un’intestazione, qualunque messaggio passa in chiaro. I passi successivi portano segreti.',
  },
  'encryption.refuses-readable-parts': {
    of: '0z4m5aa',
    text: 'Rifiuta messaggi con una parte leggibile accanto, attorno o al posto di quella crittografata.',
    why: 'Alcuni programmi crittografano un allegato e lasciano accanto il testo. Ciò che non sta nella parte crittografata può leggerlo chiunque lungo la strada.',
  },
  'encryption.refuses-text-beside-armour': {
    of: '0hhhq2w',
    text: 'Rifiuta una parte crittografata che contiene altro oltre a un solo messaggio in armatura ASCII: testo prima, dopo o dentro l’armatura.',
    why: 'Del testo leggibile trova posto ovunque un filtro cerchi soltanto le righe BEGIN ed END.',
  },
  'encryption.refuses-broken-armour': {
    of: '141zvrf',
    text: 'Rifiuta un’armatura ASCII vuota, che non è base64 o che non contiene un messaggio.',
    why: 'Nessuno può decifrarla: o è un danno di cui il mittente deve sapere, o è altro sotto mentite spoglie.',
  },
  'encryption.refuses-readable-packets': {
    of: '1x7ftd1',
    text: 'Rifiuta dati OpenPGP non crittografati: letterali, compressi o firmati, da soli o accanto a un pacchetto crittografato.',
    why: 'A vederli sembrano tutti PGP, e chiunque può leggerli.',
  },
  'encryption.refuses-broken-packets': {
    of: '1k5ikp8',
    text: 'Rifiuta un’armatura i cui ottetti non sono una sequenza di pacchetti OpenPGP che termina con dati crittografati.',
    why: 'Qualunque testo si può scrivere in base64. Solo leggendo i pacchetti si vede che è crittografato.',
  },
  'encryption.refuses-unprotected-data': {
    of: '0dowg0g',
    text: 'Rifiuta la crittografia senza protezione dell’integrità (pacchetto di tipo 9).',
    why: 'Un messaggio così può essere modificato per strada in modo che il programma del lettore ne riveli il testo (EFAIL).',
  },
}
