// What is asked of privacy, and why, in Albanian. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const privacy: CatalogueWords = {
  'privacy.hides-client-address': {
    of: '12ow0oo',
    text: 'S’e shfaq askund adresën e rrjetit të dërguesit në një mesazh të dorëzuar.',
    why: 'Adresa tregon ku është dhe kush është dikush. Asnjë lexues, dhe asnjë i zot i mëvonshëm i kutisë, s’duhet ta mësojë.',
  },
  'privacy.hides-other-recipients': {
    of: '0uaa9lo',
    text: 'S’i tregon një marrësi gjë për marrësit e tjerë të zarfit.',
    why: 'Aplikacioni s’përmend marrës te kryet, që kush sheh një kopje të mos mësojë kush tjetër është në bisedë.',
  },
  'privacy.keeps-tokens-private': {
    of: '1fce3le',
    text: 'S’ia tregon askujt tjetër token-et push të një llogarie.',
    why: 'Kush ka token-in e një telefoni mund ta zgjojë kur të dojë, dhe të shohë cilat llogari janë në të njëjtin telefon.',
  },
}
