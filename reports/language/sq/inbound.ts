// What is asked of inbound, and why, in Albanian. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const inbound: CatalogueWords = {
  'inbound.accepts-signed-mail': {
    of: '0qlckc0',
    text: 'E merr që në provën e parë postën e fshehtëzuar të një përkatësie tjetër, të nënshkruar prej saj, cilado qoftë adresa e saj e rrjetit, dhe ua dorëzon të gjithë marrësve të saj këtu.',
    why: 'Shërbyesit e vegjël s’kanë as nam, as emër të anasjelltë, as zë SPF: te një shërbyes chatmail vlen vetëm nënshkrimi.',
  },
  'inbound.requires-signature': {
    of: '1whxzos',
    text: 'Refuzon postë të shërbyesve të tjerë pa nënshkrim DKIM, nga kushdo që thotë se vjen.',
    why: 'Pa të, kushdo mund të shkruajë në emër të kujtdo.',
  },
  'inbound.verifies-signature': {
    of: '19feqod',
    text: 'Refuzon postë, nënshkrimi DKIM i së cilës s’i përgjigjet mesazhit ose kyçit të botuar.',
    why: 'Një nënshkrim që s’e verifikon askush, s’mbron askënd.',
  },
  'inbound.requires-alignment': {
    of: '061yaf3',
    text: 'Refuzon postë të nënshkruar vetëm nga një përkatësi tjetër nga ajo te From.',
    why: 'Kushdo mund të nënshkruajë me një përkatësi të veten; vetëm nënshkrimi i përkatësisë së shfaqur thotë diçka.',
  },
  'inbound.refuses-cleartext': {
    of: '0g5k9fz',
    text: 'Refuzon postë të pafshehtëzuar nga shërbyes të tjerë, të nënshkruar a jo.',
    why: 'Përdoruesve u premtohet se kalon vetëm postë e fshehtëzuar, në të dy drejtimet.',
  },
  'inbound.relays-for-nobody': {
    of: '1b7wisf',
    text: 'Refuzon marrës të përkatësive të tjera te porta 25 dhe te /mxdeliv.',
    why: 'Një rele e hapur gjendet brenda orësh, dhe pastaj mbart të padëshiruara në emrin tuaj.',
  },
  'inbound.judges-https-mail-alike': {
    of: '0e10m7v',
    text: 'Refuzon te /mxdeliv çka refuzon te porta 25, nëse merr postë atje.',
    why: 'Një derë e dytë me bravë më të dobët e bën të kotë të parën.',
  },
  'inbound.accepts-encrypted': {
    of: '0288au2',
    text: 'Merr postë të fshehtëzuar nga shërbyes të tjerë në çdo formë që shkruajnë klientët e bisedave: për kyçe më të vjetër, për grupe të mëdha, me fjalëkalim, me copa, me kartela.',
    why: 'Njerëzit e zgjedhin lirisht shërbyesin. Çka njëri e lëshon dhe tjetri s’e lë të hyjë, humbet, dhe asnjëra anë s’e ndreq dot.',
  },
  'inbound.refuses-fakes': {
    of: '1pmm6ov',
    text: 'Refuzon postë nga shërbyes të tjerë që vetëm duket e fshehtëzuar, edhe pse e nënshkruar mirë.',
    why: 'Premtimi vlen në të dy drejtimet: çka hyn e lexueshme qëndron e lexueshme në shërbyes, dhe përgjigjja e citon.',
  },
}
