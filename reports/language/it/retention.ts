// What is asked of retention, and why, in Italian. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const retention: CatalogueWords = {
  'retention.deletes-old-mail': {
    of: '16w9il1',
    text: 'Elimina da sé la posta dopo i giorni che promette, con al massimo due giorni di ritardo.',
    why: 'Ciò che non c’è non può essere sequestrato, trapelare o essere venduto. Gli utenti ci contano: i telefoni conservano le loro chat, il server no.',
  },
}
