// What is asked of privacy, and why, in Italian. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const privacy: CatalogueWords = {
  'privacy.hides-client-address': {
    of: '12ow0oo',
    text: 'Non mostra l’indirizzo di rete del mittente in nessun punto di un messaggio consegnato.',
    why: 'L’indirizzo dice dove si trova e chi è una persona. Nessun lettore, e nessun proprietario successivo della casella, deve saperlo.',
  },
  'privacy.hides-other-recipients': {
    of: '0uaa9lo',
    text: 'Non mostra a un destinatario nulla degli altri destinatari della busta.',
    why: 'L’app non nomina destinatari nell’intestazione, perché chi vede una copia non sappia chi altro è nella chat.',
  },
  'privacy.keeps-tokens-private': {
    of: '1fce3le',
    text: 'Non mostra a nessun altro i token push di un account.',
    why: 'Chi ha il token di un telefono può svegliarlo a piacere e capire quali account stanno sullo stesso telefono.',
  },
}
