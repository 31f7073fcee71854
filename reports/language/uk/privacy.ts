// What is asked of privacy, and why, in Ukrainian. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const privacy: CatalogueWords = {
  'privacy.hides-client-address': {
    of: '12ow0oo',
    text: 'Ніде в доставленому повідомленні не показує мережевої адреси відправника.',
    why: 'Адреса каже, де людина перебуває і хто вона. Ні читач, ні пізніший власник скриньки не повинні цього дізнатися.',
  },
  'privacy.hides-other-recipients': {
    of: '0uaa9lo',
    text: 'Не показує отримувачеві нічого про інших отримувачів конверта.',
    why: 'Застосунок не називає отримувачів у заголовку, щоб той, хто бачить одну копію, не дізнався, хто ще в чаті.',
  },
  'privacy.keeps-tokens-private': {
    of: '1fce3le',
    text: 'Не показує push-токенів облікового запису нікому іншому.',
    why: 'Хто має токен телефону, може будити його коли завгодно й бачити, які записи на одному телефоні.',
  },
}
