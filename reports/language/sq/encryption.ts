// What is asked of encryption, and why, in Albanian. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const encryption: CatalogueWords = {
  'encryption.accepts-encrypted': {
    of: '0juxzbf',
    text: 'Pranon dhe dorëzon mesazhet e fshehtëzuara që Delta Chat dërgon sot: SEIPD versioni 2 me një paketë kyçi sesioni versioni 6 për çdo kyç.',
    why: 'Kjo është ajo që njerëzit i shkruajnë njëri-tjetrit. Një shërbyes që e hedh poshtë s’mund të përdoret.',
  },
  'encryption.accepts-older-keys': {
    of: '0ryjwcx',
    text: 'Pranon dhe dorëzon SEIPD versioni 1 me paketa kyçi sesioni versioni 3.',
    why: 'Kështu u shkruhet kontakteve me kyçe më të vjetër se viti 2024, dhe një anëtar i tillë vendos për krejt grupin.',
  },
  'encryption.accepts-many-keys': {
    of: '0b8q6h7',
    text: 'Pranon dhe dorëzon një mesazh me një paketë kyçi sesioni për secilin nga shumë anëtarë.',
    why: 'Grupeve u shkruhet me një mesazh për të gjithë, i cili mban një paketë për çdo kyç.',
  },
  'encryption.accepts-password-encrypted': {
    of: '01nh7tz',
    text: 'Pranon dhe dorëzon një mesazh të fshehtëzuar me fjalëkalim: SKESK versioni 6, pa paketë kyçi publik.',
    why: 'Lidhjet e sotme të ftesave nisin me një mesazh të tillë. Pa të, askush s’krijon dot kontakt.',
  },
  'encryption.accepts-securejoin-request': {
    of: '1pn3urs',
    text: 'Lë të kalojë mesazhin e parë të pafshehtëzuar të një lidhjeje më të vjetër ftese, për kontakte (vc-request) dhe grupe (vg-request).',
    why: 'Në atë çast asnjëra palë s’e ka kyçin e tjetrës. Kështu nisin ftesat dhe kodet QR të klientëve më të vjetër.',
  },
  'encryption.accepts-larger-messages': {
    of: '0flbilk',
    text: 'Pranon dhe dorëzon mesazhe të fshehtëzuara sa një fotografi.',
    why: 'Fotot, mesazhet zanore dhe aplikacionet udhëtojnë brenda mesazheve të fshehtëzuara.',
  },
  'encryption.ignores-chat-headers': {
    of: '0oznoym',
    text: 'E gjykon një mesazh sipas trupit, pati apo jo një krye Chat-Version.',
    why: 'Vetë Delta Chat i dërgon pa të mesazhet securejoin, dhe klientë të tjerë s’e shkruajnë kurrë.',
  },
  'encryption.accepts-any-header-order': {
    of: '0aky6f1',
    text: 'Pranon mesazhe cilado qoftë radha e kryeve dhe e parametrave të Content-Type.',
    why: 'Versione të Delta Chat-it e shkruajnë Content-Type të parin ose të fundit; radha s’do të thotë gjë.',
  },
  'encryption.accepts-partial-lengths': {
    of: '1a485io',
    text: 'Lexon paketa OpenPGP të shkruara me copa (gjatësi të pjesshme të trupit).',
    why: 'Klientët që përcjellin kartela të mëdha s’e dinë paraprakisht gjatësinë.',
  },
  'encryption.refuses-cleartext': {
    of: '1nv40ch',
    text: 'Refuzon të marrë një mesazh, trupi i të cilit s’është i fshehtëzuar skaj-më-skaj.',
    why: 'Përdoruesve u premtohet se asgjë që shkruajnë s’del e pafshehtëzuar nga pajisja e tyre, gabimisht ose prej një aplikacioni të prishur. Shërbyesi është i fundit që mund ta ndalë.',
  },
  'encryption.refuses-cleartext-to-oneself': {
    of: '0li3bfu',
    text: 'Refuzon mesazhe të pafshehtëzuara që një përdorues ia dërgon vetes.',
    why: 'Shënimet për veten dhe mesazhet mes pajisjeve të veta do të qëndronin të lexueshme në shërbyes.',
  },
  'encryption.refuses-cleartext-to-others-domains': {
    of: '0zoof68',
    text: 'Refuzon mesazhe të pafshehtëzuara për një marrës në një përkatësi tjetër.',
    why: 'Do të kalonin të lexueshme nëpër internet, dhe shërbyesi tjetër mund t’i mbante përgjithmonë.',
  },
  'encryption.refuses-cleartext-to-several': {
    of: '1cgh1re',
    text: 'Refuzon mesazhe të pafshehtëzuara për disa marrës, nga të cilët një është në një përkatësi tjetër.',
    why: 'Një filtër që sheh vetëm marrësin e parë, ose që përjashton listat e përziera, lë të kalojë çdo mesazh me një marrës të dytë.',
  },
  'encryption.delivers-nothing-refused': {
    of: '1hqjp7u',
    text: 'Një mesazh të refuzuar s’ia dorëzon asnjërit prej marrësve.',
    why: 'Dërguesit iu tha se mesazhi s’doli. Një filtër pas radhës mund të thotë jo kur mesazhi është nisur tashmë.',
  },
  'encryption.refuses-ordinary-mail': {
    of: '0q5nxwi',
    text: 'Refuzon format e zakonshme të postës së pafshehtëzuar: HTML me alternativë tekst dhe postë të nënshkruar.',
    why: 'Një program poste pa kyçin e marrësit dërgon pikërisht këtë. E nënshkruar s’do të thotë e fshehtëzuar.',
  },
  'encryption.refuses-inline-pgp': {
    of: '13lb7ml',
    text: 'Refuzon një bllok PGP brenda një mesazhi text/plain.',
    why: 'Teksti rreth bllokut shkon haptas; kërkimi i BEGIN PGP MESSAGE s’e sheh këtë.',
  },
  'encryption.refuses-read-receipts': {
    of: '119s5ch',
    text: 'Refuzon dëftesa leximi të pafshehtëzuara (multipart/report, disposition-notification).',
    why: 'Ato i tregojnë shërbyesit dhe kujtdo gjatë rrugës kush lexoi çfarë dhe kur. Delta Chat i fshehtëzon të vetat.',
  },
  'encryption.refuses-reports-of-users': {
    of: '062ugzh',
    text: 'Refuzon raporte dorëzimi të pafshehtëzuara që dërgon një përdorues.',
    why: 'Raportet mbajnë tekst dhe mesazhe të tëra. Ato i dërgojnë vetëm shërbyes poste, dhe këta s’bëjnë hyrje.',
  },
  'encryption.refuses-setup-messages-to-others': {
    of: '01kd9pc',
    text: 'Refuzon një Autocrypt Setup Message për këdo tjetër përveç vetes.',
    why: 'Përjashtimi është për kalimin e një kyçi te një pajisje e dytë e vetja. Për të tjerët do të ishte mënyrë për të shkruar haptas.',
  },
  'encryption.refuses-fake-securejoin': {
    of: '16jjpio',
    text: 'S’lë të kalojë gjë haptas si securejoin përveç vetë kërkesës së parë: asnjë tekst tjetër, asnjë bashkëngjitje, asnjë hap të mëvonshëm.',
    why: 'Përjashtimi është aq i gjerë sa kontrolli i tij: po të mjaftonte një krye, çdo mesazh do të kalonte haptas. Hapat e mëvonshëm mbajnë të fshehta.',
  },
  'encryption.refuses-readable-parts': {
    of: '0z4m5aa',
    text: 'Refuzon mesazhe me një pjesë të lexueshme krahas, rreth ose në vend të asaj të fshehtëzuar.',
    why: 'Disa programe fshehtëzojnë një bashkëngjitje dhe e lënë tekstin krahas. Çka s’është në pjesën e fshehtëzuar, mund ta lexojë kushdo gjatë rrugës.',
  },
  'encryption.refuses-text-beside-armour': {
    of: '0hhhq2w',
    text: 'Refuzon një pjesë të fshehtëzuar që mban gjë tjetër përveç një mesazhi të vetëm të koracuar: tekst para, pas ose brenda koracës.',
    why: 'Tekst i lexueshëm ka vend kudo ku një filtër kërkon vetëm rreshtat BEGIN dhe END.',
  },
  'encryption.refuses-broken-armour': {
    of: '141zvrf',
    text: 'Refuzon një koracë që është e zbrazët, s’është base64 ose s’është mesazh.',
    why: 'Askush s’mund ta shfshehtëzojë, ndaj ose është dëmtim për të cilin dërguesi duhet të dijë, ose diçka tjetër e maskuar.',
  },
  'encryption.refuses-readable-packets': {
    of: '1x7ftd1',
    text: 'Refuzon të dhëna OpenPGP të pafshehtëzuara: të drejtpërdrejta, të ngjeshura ose të nënshkruara, më vete ose krahas një pakete të fshehtëzuar.',
    why: 'Në dukje të gjitha janë PGP, dhe kushdo mund t’i lexojë.',
  },
  'encryption.refuses-broken-packets': {
    of: '1k5ikp8',
    text: 'Refuzon një koracë, oktetet e së cilës s’janë varg paketash OpenPGP që mbyllet me të dhëna të fshehtëzuara.',
    why: 'Çdo tekst mund të shkruhet si base64. Vetëm leximi i paketave tregon se është i fshehtëzuar.',
  },
  'encryption.refuses-unprotected-data': {
    of: '0dowg0g',
    text: 'Refuzon fshehtëzim pa mbrojtje integriteti (paketa e tipit 9).',
    why: 'Një mesazh i tillë mund të ndryshohet gjatë rrugës në mënyrë që programi i lexuesit ta nxjerrë tekstin (EFAIL).',
  },
}
