// What is asked of transport, and why, in Albanian. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const transport: CatalogueWords = {
  'transport.speaks-modern-tls': {
    of: '0nkddu1',
    text: 'Flet TLS 1.2 ose më të re në çdo portë.',
    why: 'Aplikacionet dhe shërbyesit e tjerë s’njohin më gjë më të vjetër.',
  },
  'transport.certificate-is-trusted': {
    of: '11gx37a',
    text: 'Tregon, në çdo portë, një certifikatë për të cilën garanton një autoritet i njohur, me gjithçka mes të dyjave.',
    why: 'Përndryshe aplikacionet dhe shërbyesit e tjerë e refuzojnë lidhjen. Shfletuesit shpesh e gjejnë vetë një hallkë që mungon; programet e postës jo.',
  },
  'transport.certificate-carries-name': {
    of: '0m31mc4',
    text: 'Tregon, në çdo portë, një certifikatë që mban emrin me të cilin kapet shërbyesi.',
    why: 'Aplikacionet dhe shërbyesit e tjerë e refuzojnë një të lëshuar për dikë tjetër: kështu e dinë me kë flasin.',
  },
  'transport.certificate-is-in-date': {
    of: '0ougpaw',
    text: 'Tregon, në çdo portë, një certifikatë të vlefshme sot.',
    why: 'Nga dita kur skadon, askush s’hyn më dhe s’vjen postë nga shërbyes të tjerë.',
  },
  'transport.keys-are-strong': {
    of: '1g6ogq4',
    text: 'Ka certifikata me kyçe që askush s’i llogarit dot: RSA me 2048 bite, kurba eliptike me 256.',
    why: 'Kush e gjen kyçin mund të hiqet si shërbyesi. Shumë programe të sotme i refuzojnë fare kyçet më të shkurtër.',
  },
}
