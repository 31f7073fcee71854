// What is asked of imap, and why, in Albanian. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const imap: CatalogueWords = {
  'imap.greets': {
    of: '0kpjqga',
    text: 'Çdo lidhje IMAP e përshëndet me një OK pa etiketë.',
    why: 'Një klient e pret përshëndetjen para se të thotë gjë. Pa të, askush s’lexon postë.',
  },
  'imap.answers-capability': {
    of: '0ujtn5w',
    text: 'Pas hyrjes i përgjigjet CAPABILITY-t me një listë që ka IMAP4rev1.',
    why: 'Sipas kësaj liste klientët vendosin ç’mund të kërkojnë. Një klient që s’merr asnjë e quan shërbyesin të prishur.',
  },
  'imap.advertises-xchatmail': {
    of: '0cdfnq7',
    text: 'Pas hyrjes e radhit XCHATMAIL-in mes aftësive të veta.',
    why: 'Nga kjo fjalë Delta Chat njeh një shërbyes chatmail: atëherë fsheh rregullimet e postës klasike dhe e fshin postën nga shërbyesi sapo e ka marrë.',
  },
  'imap.advertises-idle': {
    of: '1qtcgzn',
    text: 'Pas hyrjes e radhit IDLE-n mes aftësive të veta.',
    why: 'Pa IDLE, Delta Chat pyet për postë të re një herë në minutë: mesazhet vijnë vonë dhe shtimi i një kontakti do minuta.',
  },
  'imap.refuses-cleartext-login': {
    of: '1ouzqd2',
    text: 'Te porta STARTTLS e refuzon një hyrje para TLS-së.',
    why: 'Një fjalëkalim i dërguar haptas mund ta lexojë kushdo gjatë rrugës. Shërbyesi duhet të sigurohet se asnjë klient s’mësohet me të.',
  },
  'imap.discards-commands-injected-before-tls': {
    of: '109ynkh',
    text: 'S’e ekzekuton kurrë brenda TLS-së çka u dërgua haptas pas STARTTLS-it.',
    why: 'Dikush gjatë rrugës mund të vinte urdhra të vetët para atyre që përdoruesi dërgon brenda TLS-së (CVE-2011-0411 dhe të ngjashme).',
  },
  'imap.logs-in-with-quoted-escapes': {
    of: '0w5c3hr',
    text: 'E lexon siç u mendua një fjalëkalim me thonjëza e vija të pjerrëta mbrapsht, brenda një vargu me thonjëza.',
    why: 'Releja propozon fjalëkalime me shenja të tilla, dhe Delta Chat i dërgon si vargje me thonjëza.',
  },
  'imap.refuses-mailbox-before-login': {
    of: '0bqxonb',
    text: 'I refuzon SELECT, STATUS dhe FETCH para hyrjes.',
    why: 'Posta është vetëm për të zotin.',
  },
  'imap.refuses-metadata-before-login': {
    of: '0tvbmdr',
    text: 'E refuzon GETMETADATA-n para hyrjes.',
    why: 'Metadatat kanë fjalëkalime për relenë e thirrjeve: të huajt do ta harxhonin.',
  },
  'imap.selects-inbox': {
    of: '1akuzl3',
    text: 'E hap me SELECT INBOX-in e një llogarie të re dhe thotë sa mesazhe ka.',
    why: 'Kjo është e vetmja kuti që përdor Delta Chat.',
  },
  'imap.shows-uidvalidity': {
    of: '1opg1oc',
    text: 'Me SELECT jep një UIDVALIDITY më të madh se zero.',
    why: 'Pa të, Delta Chat s’e hap dot një kuti.',
  },
  'imap.shows-uidnext': {
    of: '1a2dizf',
    text: 'E jep UIDNEXT-in me SELECT, ose të paktën me STATUS.',
    why: 'Delta Chat nis të lexojë nga UIDNEXT-i që mban mend. Pa të, posta e re s’gjendet.',
  },
  'imap.keeps-uidvalidity': {
    of: '1u75hw1',
    text: 'Jep të njëjtin UIDVALIDITY në çdo sesion.',
    why: 'Kur ndryshon, një klient duhet të harrojë gjithçka për kutinë dhe ta lexojë krejt nga e para.',
  },
  'imap.keeps-uids': {
    of: '0tcrz48',
    text: 'Ia lë një mesazhi UID-në e vet kur fshihen të tjerë dhe në sesione të mëvonshme.',
    why: 'Një klient që fshin sipas UID-së do të fshinte mesazhin e gabuar, ose do ta merrte dy herë, ose kurrë.',
  },
  'imap.advances-uidnext': {
    of: '1phn5xb',
    text: 'I jep një mesazhi të ri një UID jo më të vogël se UIDNEXT-i i mëparshëm, dhe pastaj një UIDNEXT më të madh.',
    why: 'Delta Chat lexon nga UIDNEXT-i që mban mend: një mesazh nën të s’shfaqet kurrë.',
  },
  'imap.never-reuses-uids': {
    of: '19sefj2',
    text: 'I jep një mesazhi të ri një UID të re edhe kur mesazhi i fundit është fshirë.',
    why: 'Klientët chatmail e fshijnë çka kanë lexuar. Një mesazh që merr UID-në e një të fshiri duket i lexuar tashmë dhe s’shfaqet kurrë.',
  },
  'imap.prefetches-headers': {
    of: '0abrrya',
    text: 'I përgjigjet FETCH-it me të cilin nis Delta Chat: UID, RFC822.SIZE në oktete dhe fushat e kërkuara të kryes, në një përgjigje.',
    why: 'Me këtë urdhër nis çdo mesazh i marrë. Çka lihet jashtë s’shkarkohet kurrë.',
  },
  'imap.returns-asked-header-fields': {
    of: '06n9koa',
    text: 'Jep saktësisht fushat e kërkuara të kryes, me çfarëdo shkronjash, dhe një rresht të zbrazët.',
    why: 'Klientët kërkojnë pak fusha për të kursyer të dhëna në rrjete të ngadalta dhe ndalen te rreshti i zbrazët.',
  },
  'imap.returns-exact-bytes': {
    of: '1o7z9u5',
    text: 'E kthen një mesazh oktet për oktet.',
    why: 'Posta e fshehtëzuar që ndryshoi në një oktet s’lexohet dot.',
  },
  'imap.fetches-uid-sets': {
    of: '05fj6bm',
    text: 'Jep një herë çdo mesazh të një bashkësie UID-sh me intervale e numra të veçantë, dhe i kapërcen UID-të që s’janë.',
    why: 'Delta Chat e merr me një urdhër çka i shpëtoi. Çka lihet jashtë, për përdoruesin humbi.',
  },
  'imap.peeks-without-marking-seen': {
    of: '1gkbi1y',
    text: 'E lë të paparë një mesazh të marrë me BODY.PEEK[].',
    why: 'Me disa pajisje, \\Seen do të thotë se një njeri e ka lexuar mesazhin. Një marrje në prapaskenë s’duhet ta thotë këtë.',
  },
  'imap.keeps-flags': {
    of: '1k0rt9x',
    text: 'Një shenjë e vënë në një sesion e shfaq në çdo sesion të mëvonshëm.',
    why: 'Me \\Seen pajisjet e një përdoruesi i tregojnë njëra-tjetrës ç’u lexua.',
  },
  'imap.adds-flags-to-others': {
    of: '077bkze',
    text: 'Me +FLAGS e shton një shenjë mbi ato që janë.',
    why: 'Një shërbyes që i zëvendëson shenjat humbet çka shënuan pajisjet e tjera.',
  },
  'imap.expunges-on-close': {
    of: '10sl98z',
    text: 'Me CLOSE heq mesazhet e shënuara \\Deleted, dhe asnjë tjetër.',
    why: 'Delta Chat s’e fshin postën nga shërbyesi ndryshe. Përndryshe krejt posta mbetet atje, edhe pse aplikacioni thotë se u fshi.',
  },
  'imap.idles': {
    of: '0d3ueqb',
    text: 'E nis IDLE-n me një vazhdim dhe e mbyll me një OK të etiketuar te DONE.',
    why: 'Delta Chat i kalon ditët në IDLE. Kur s’nis ose s’mbaron siç duhet, aplikacioni rilidhet pa pushim.',
  },
  'imap.notifies-while-idle': {
    of: '08ntyxj',
    text: 'I tregon me EXISTS një sesioni në pritje për një mesazh të ri.',
    why: 'Përndryshe mesazhet shfaqen vetëm kur klienti sheh vetë, minuta më vonë.',
  },
  'imap.notifies-in-next-idle': {
    of: '07mtm2b',
    text: 'Tregon sërish për postë të re në IDLE-n tjetër të të njëjtit sesion.',
    why: 'Klientët dalin nga IDLE për çdo mesazh dhe kthehen. Nga mesazhi i dytë e tutje s’do të dëgjonin më gjë.',
  },
  'imap.tells-mail-from-before-idle': {
    of: '14tihzn',
    text: 'Tregon për një mesazh që erdhi mes dy urdhrave, para IDLE-s ose kur ajo nis.',
    why: 'Një mesazh që vjen ndërsa klienti merret me një tjetër do të rrinte aty i paparë deri te tjetri.',
  },
  'imap.shows-new-mail-at-select': {
    of: '0jew0t4',
    text: 'E shfaq me SELECT një mesazh që erdhi mes DONE dhe SELECT.',
    why: 'Delta Chat e mbyll dhe e hap INBOX-in pas çdo mesazhi që fshin, dhe atje e lexon UIDNEXT-in.',
  },
  'imap.allows-repeated-tags': {
    of: '0pm85bb',
    text: 'E pranon një etiketë që është përdorur më parë në lidhje.',
    why: 'Delta Chat nis t’i numërojë etiketat nga e para kur nis ngjeshja.',
  },
  'imap.keeps-its-word-on-compression': {
    of: '095g8vk',
    text: 'E ngjesh lidhjen kur radhit COMPRESS=DEFLATE.',
    why: 'Delta Chat s’e përdor dot një shërbyes që e radhit e pastaj e refuzon: llogaria as s’ujdiset dot.',
  },
}
