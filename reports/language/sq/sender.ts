// What is asked of sender, and why, in Albanian. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const sender: CatalogueWords = {
  'sender.envelope-is-login': {
    of: '0kaffwi',
    text: 'Refuzon një dërgues zarfi që s’është adresa e hyrjes, i këtij shërbyesi ose i një tjetri.',
    why: 'Përndryshe çdo përdorues mund të dërgojë dhe të marrë kthime në emër të kujtdo.',
  },
  'sender.from-is-own': {
    of: '0g7a3mm',
    text: 'Refuzon një mesazh, kryet From të të cilit përmend një përdorues tjetër të shërbyesit ose dikë në një përkatësi tjetër.',
    why: 'From është ai që sheh marrësi dhe për të cilin DKIM garanton te shërbyes të tjerë.',
  },
  'sender.from-is-the-address': {
    of: '1gmmhwm',
    text: 'E gjykon From-in sipas adresës, çfarëdo që të ketë emri, një koment ose kryet Sender.',
    why: 'Një filtër që kërkon adresën e vet kudo te kryet, lë të kalojë çdo falsifikim që e përmend.',
  },
  'sender.first-from-decides': {
    of: '1feivtu',
    text: 'Refuzon një mesazh me dy krye From, nga të cilat i pari është i dikujt tjetër.',
    why: 'Klientët shfaqin të parin. Një filtër që sheh të fundit, e lë të kalojë falsifikimin.',
  },
  'sender.requires-from': {
    of: '0eawpf3',
    text: 'Refuzon një mesazh pa krye From.',
    why: 'Shërbyesit gjatë rrugës vënë diçka vetë, ose shërbyes të tjerë e refuzojnë postën ngaqë s’ka ç’të nënshkruhet.',
  },
  'sender.requires-login': {
    of: '0jq93gu',
    text: 'Te portat e dërgimit merr postë vetëm nga kush ka hyrë.',
    why: 'Pa hyrje, kushdo në internet mund të dërgojë si përdorues i këtij shërbyesi, dhe ky bëhet burim i padëshiruarash.',
  },
  'sender.requires-tls': {
    of: '1k6dz2o',
    text: 'Te porta 587 s’merr postë para STARTTLS-it.',
    why: 'Kush i shkruan kujt do të lexohej gjatë rrugës.',
  },
  'sender.hides-login-before-tls': {
    of: '1azwz9p',
    text: 'Te porta 587 s’e shpall AUTH-in para STARTTLS-it.',
    why: 'Klientët që shohin AUTH mund ta dërgojnë fjalëkalimin haptas.',
  },
  'sender.refuses-login-before-tls': {
    of: '1bcszu0',
    text: 'Te porta 587 e refuzon një hyrje para STARTTLS-it, para se të dërgohet një fjalëkalim.',
    why: 'Një klient të cilin dikush gjatë rrugës e pengon të përdorë TLS, s’duhet të arrijë deri te fjalëkalimi.',
  },
  'sender.discards-commands-injected-before-tls': {
    of: '0yorhav',
    text: 'Te porta 587 s’e ekzekuton kurrë brenda TLS-së çka u dërgua haptas pas STARTTLS-it.',
    why: 'Dikush gjatë rrugës mund të vinte urdhra të vetët para atyre që përdoruesi dërgon brenda TLS-së (CVE-2011-0411 dhe të ngjashme).',
  },
  'sender.offers-plain-login': {
    of: '0cm9jti',
    text: 'Ofron AUTH PLAIN sapo TLS-ja është aktive.',
    why: 'Me të hyjnë Delta Chat dhe çdo program poste. Pa të, llogaria krijohet, por s’dërgon dot.',
  },
  'sender.accepts-address-literal': {
    of: '0iowi1p',
    text: 'Merr postë nga klientë që thonë EHLO me një adresë në kllapa, siç bën përherë Delta Chat: [127.0.0.1].',
    why: 'Një telefon s’ka emër të vetin. Një shërbyes që e kërkon mund të marrë për përdoruesit e vet, por jo të dërgojë.',
  },
}
