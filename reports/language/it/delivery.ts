// What is asked of delivery, and why, in Italian. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const delivery: CatalogueWords = {
  'delivery.arrives-under-a-second': {
    of: '0bhbu9s',
    text: 'Porta 95 messaggi su 100 fra i propri utenti a un dispositivo in attesa in meno di un secondo, rete esclusa.',
    why: 'Chattare deve essere istantaneo: ben meno di un secondo da un dispositivo all’altro. Una coda o un ritardo di notifica sul server si sente a ogni messaggio.',
  },
  'delivery.still-notifies-after-idling': {
    of: '0u64h3p',
    text: 'Avvisa della nuova posta un dispositivo che è in IDLE da più di mezzo minuto.',
    why: 'Una chat tace per la maggior parte del tempo. Un server che dimentica le sessioni inattive lascia muto il telefono finché non chiede di nuovo, minuti dopo.',
  },
  'delivery.wakes-every-device': {
    of: '1fq3ibg',
    text: 'Avvisa ogni sessione di un account che è in IDLE, non una sola.',
    why: 'Gli utenti hanno telefono e portatile sullo stesso account. Entrambi devono sapere subito di un messaggio.',
  },
  'delivery.never-loses': {
    of: '1s35rre',
    text: 'Consegna ogni messaggio che ha accettato.',
    why: 'Un 250 è una promessa. Un messaggio perso dopo è perso per sempre: nessuno lo invierà di nuovo e nessuno ne viene informato.',
  },
  'delivery.never-duplicates': {
    of: '07eo1qd',
    text: 'Consegna un messaggio una volta sola.',
    why: 'Le copie svegliano di nuovo il telefono per nulla e riempiono la casella; i client che non confrontano le mostrano due volte.',
  },
  'delivery.delivers-unread': {
    of: '0sytlgs',
    text: 'Consegna i messaggi senza i contrassegni \\Seen e \\Deleted.',
    why: 'Un messaggio segnato come visto conta come letto su un altro dispositivo e nessuno ne viene avvisato; uno segnato come eliminato sparisce al prossimo CLOSE.',
  },
  'delivery.reaches-every-recipient': {
    of: '1rcqiwo',
    text: 'Consegna un messaggio a ciascuno dei suoi destinatari.',
    why: 'I messaggi di gruppo sono una transazione con molti destinatari. Chi resta escluso perde parte della conversazione e nessuno se ne accorge.',
  },
  'delivery.delivers-to-self': {
    of: '0ca6z1f',
    text: 'Consegna agli utenti ciò che inviano a sé stessi, da soli o con altri destinatari.',
    why: 'Gli altri dispositivi del mittente sanno da questa copia che cosa è stato scritto, e i messaggi salvati non sono altro.',
  },
  'delivery.delivers-same-message-to-more-recipients': {
    of: '04vqjp7',
    text: 'Consegna un messaggio con lo stesso Message-ID di uno precedente ai destinatari che non lo hanno ancora avuto, e solo a loro.',
    why: 'Delta Chat divide i gruppi grandi in più transazioni con gli stessi ottetti. Un server che conosce già il Message-ID deve consegnare lo stesso.',
  },
  'delivery.keeps-bytes': {
    of: '1kcuq11',
    text: 'Consegna il corpo crittografato ottetto per ottetto.',
    why: 'Basta un ottetto cambiato in un messaggio crittografato e non lo si può più leggere.',
  },
  'delivery.keeps-message-id': {
    of: '0yuwqjd',
    text: 'Lascia com’è il Message-ID di un messaggio.',
    why: 'Risposte, reazioni, eliminazioni e conferme di lettura indicano i messaggi con esso. Se cambia, non indicano più nulla.',
  },
  'delivery.keeps-date': {
    of: '0763jhh',
    text: 'Consegna un messaggio la cui Date è di giorni fa, e lascia quella Date com’è.',
    why: 'Delta Chat sfuma di proposito la data esterna, fino a sei giorni. Un filtro che la prende per spam perde messaggi, e l’ora vera rivela ciò che doveva restare nascosto.',
  },
  'delivery.keeps-recipients-hidden': {
    of: '0mb4kff',
    text: 'Non scrive indirizzi in un campo To che non ne nomina.',
    why: 'Chi fa parte di un gruppo riguarda solo il gruppo: Delta Chat scrive `To: "hidden-recipients": ;` e tiene i nomi all’interno.',
  },
  'delivery.keeps-headers': {
    of: '0i674d0',
    text: 'Lascia come sono From, Chat-Version, Chat-Is-Post-Message, MIME-Version e Content-Type.',
    why: 'Da questi i client decidono che cosa scaricare e come scomporlo. Un delimitatore con altre maiuscole non divide nulla.',
  },
  'delivery.delivers-large-messages': {
    of: '11l25ho',
    text: 'Consegna intero un messaggio di 1 MB.',
    why: 'Una foto o un messaggio vocale è grande più o meno così.',
  },
  'delivery.accepts-client-parameters': {
    of: '1az3lra',
    text: 'Accetta i parametri BODY=8BITMIME e SMTPUTF8 di MAIL dove offre queste estensioni.',
    why: 'Delta Chat li manda entrambi con ogni messaggio appena il server li offre. Un rifiuto blocca ogni invio.',
  },
}
