// What is asked of deltachat, and why, in Italian. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const deltachat: CatalogueWords = {
  'deltachat.onboards-by-name': {
    of: '0bwyc4p',
    text: 'Fa entrare Delta Chat quando conosce solo il nome del server e inventa da sé indirizzo e password.',
    why: 'Dal 2025 l’invito dcaccount:HOST è la via più breve a un account: nessuna richiesta a /new, solo accessi via IMAP e SMTP nello stesso momento. Un server che inciampa in questa gara, o nelle password lunghe, mostra un errore ai nuovi utenti.',
  },
  'deltachat.onboards-by-link': {
    of: '0xea025',
    text: 'Risponde al POST di Delta Chat a https://HOST/new con un account che può usare.',
    why: 'È qui che porta il codice QR sulla pagina del server. La richiesta ha corpo vuoto e nessun tipo di contenuto, e le versioni fino alla 2.58 scrivono l’URL intero nella prima riga.',
  },
  'deltachat.onboards-by-login': {
    of: '1b30v12',
    text: 'Fa entrare Delta Chat con un indirizzo e una password.',
    why: 'Un secondo dispositivo, un telefono nuovo o un account creato da altri: tutti accedono, attivano la compressione dov’è annunciata e passano in IDLE.',
  },
  'deltachat.onboards-in-seconds': {
    of: '043p1cg',
    text: 'Rende Delta Chat pronto a chattare entro 5 secondi dalla scansione.',
    why: 'Iniziare deve richiedere secondi. Delta Chat per questo accede quattro volte, così che ogni accesso lento conta doppio.',
  },
  'deltachat.joins-securely': {
    of: '0ujr6si',
    text: 'Trasporta lo scambio con cui due utenti si verificano a vicenda (securejoin).',
    why: 'I contatti cominciano con un codice QR. I suoi primi due messaggi sono crittografati solo con un segreto condiviso e non hanno Chat-Version; un filtro che pretende l’uno o l’altra tiene separati tutti i nuovi contatti.',
  },
  'deltachat.carries-chat': {
    of: '0ynm7tv',
    text: 'Porta dall’altra parte ciò che gli utenti di Delta Chat fanno in una chat: testi, reazioni, conferme, modifiche ed eliminazioni.',
    why: 'Ognuna di queste cose è un messaggio a sé, scaricato con i comandi esatti del core. Se uno si perde, due telefoni mostrano chat diverse.',
  },
  'deltachat.carries-group': {
    of: '0byhitx',
    text: 'Porta un messaggio di gruppo a ciascuno dei suoi membri.',
    why: 'Un messaggio di gruppo parte una volta sola, con un RCPT per membro. Chi resta fuori non sa nemmeno che il gruppo esiste.',
  },
  'deltachat.carries-files': {
    of: '16zprvh',
    text: 'Porta i file da un Delta Chat all’altro, fino all’ultimo ottetto.',
    why: 'Foto e messaggi vocali sono la maggior parte di ciò che si invia. Sopra i 140.000 ottetti viaggiano in un messaggio a sé, accanto al loro annuncio.',
  },
  'deltachat.arrives-quickly': {
    of: '154v7jd',
    text: 'Impiega meno di un secondo da un Delta Chat all’altro, un messaggio dopo l’altro.',
    why: 'È ciò che gli utenti sentono: compresi crittografia, invio, avviso del server, scaricamento e decifratura.',
  },
  'deltachat.reaches-other-servers': {
    of: '1szuk9e',
    text: 'Permette agli utenti di Delta Chat di verificare quelli di un altro server chatmail e di scrivere loro come se fossero sullo stesso.',
    why: 'Le persone non scelgono un server per stare con gli amici. Fra server ogni messaggio ha bisogno di una firma, di una via verso l’altro server e di un filtro che là lo accetti.',
  },
  'deltachat.serves-second-device': {
    of: '16exo50',
    text: 'Tiene al passo due dispositivi di un account: ciò che altri inviano arriva a entrambi, e ciò che uno invia compare sull’altro.',
    why: 'Con un secondo dispositivo Delta Chat invia ogni messaggio anche al proprio indirizzo e lascia la posta sul server. Un server che scarta la posta a sé stessi toglie all’altro dispositivo metà di ogni chat.',
  },
  'deltachat.delivers-what-waited': {
    of: '0a1j59x',
    text: 'Dà a Delta Chat la posta arrivata mentre era assente appena ritorna.',
    why: 'I telefoni sono scollegati metà del giorno e perdono la connessione in ogni galleria. Ciò che è arrivato nel frattempo deve esserci al prossimo accesso, secondo l’UIDNEXT di SELECT.',
  },
}
