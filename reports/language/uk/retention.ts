// What is asked of retention, and why, in Ukrainian. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const retention: CatalogueWords = {
  'retention.deletes-old-mail': {
    of: '16w9il1',
    text: 'Сам видаляє пошту після обіцяної кількості днів, щонайбільше на два дні пізніше.',
    why: 'Чого немає, того не можна вилучити, викрасти чи продати. Користувачі на це розраховують: чати зберігають телефони, а не сервер.',
  },
}
