// What is asked of federation, and why, in Albanian. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const federation: CatalogueWords = {
  'federation.delivers-elsewhere': {
    of: '04i1zrk',
    text: 'E dorëzon postën e fshehtëzuar te shërbyesi i postës i një përkatësie tjetër, të fshehtëzuar siç u dërgua.',
    why: 'Një shërbyes bisedash që arrin vetëm përdoruesit e vet është një ishull.',
  },
  'federation.reaches-every-recipient': {
    of: '0sf22re',
    text: 'Ia dorëzon një mesazh krejt marrësve, në një përkatësi tjetër dhe në disa.',
    why: 'Në një grup, kush lihet jashtë s’e di se i shpëtoi diçka.',
  },
  'federation.delivers-once': {
    of: '0h1puw1',
    text: 'S’e dërgon një herë të dytë një mesazh që ana tjetër e mori.',
    why: 'Çdo kopje e zgjon telefonin e marrësit.',
  },
  'federation.falls-back-to-smtp': {
    of: '1vk09qj',
    text: 'E dorëzon me SMTP kur shërbyesi web i marrësit s’e njeh /mxdeliv.',
    why: 'Pothuajse çdo shërbyes poste ka krahas një shërbyes web, dhe pothuajse asnjë s’merr postë atje.',
  },
  'federation.signs-mail': {
    of: '1xale98',
    text: 'E nënshkruan postën për shërbyes të tjerë me një nënshkrim DKIM që mbulon From dhe i përgjigjet kyçit në DNS-në e vet.',
    why: 'Shërbyesit chatmail s’marrin gjë tjetër, dhe ofruesit e mëdhenj e quajnë çdo gjë tjetër të padëshiruar.',
  },
  'federation.signs-as-author': {
    of: '1igwkos',
    text: 'Nënshkruan pikërisht me përkatësinë e adresës te From, jo me një sipër, poshtë ose krahas saj.',
    why: 'Një shërbyes chatmail i krahason të dyja shkronjë për shkronjë dhe e refuzon postën kur ndryshojnë.',
  },
  'federation.tries-again': {
    of: '0qvsgc4',
    text: 'Riprovon më vonë kur një shërbyes tjetër s’punon ose e thotë këtë me një përgjigje 4xx.',
    why: 'Çdo shërbyes ndonjëherë s’punon. Mesazhet s’duhet të humbin për këtë.',
  },
}
