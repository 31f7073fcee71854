// What is asked of retention, and why, in Albanian. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const retention: CatalogueWords = {
  'retention.deletes-old-mail': {
    of: '16w9il1',
    text: 'E fshin vetë postën pas ditëve që premton, me jo më shumë se dy ditë vonesë.',
    why: 'Çka s’është aty s’mund të sekuestrohet, të rrjedhë ose të shitet. Përdoruesit mbështeten në këtë: bisedat i mbajnë telefonat, jo shërbyesi.',
  },
}
