// What is asked of deltachat, and why, in Albanian. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const deltachat: CatalogueWords = {
  'deltachat.onboards-by-name': {
    of: '0bwyc4p',
    text: 'E lejon të hyjë Delta Chat-in që di vetëm emrin e shërbyesit dhe shpik vetë adresë e fjalëkalim.',
    why: 'Që nga viti 2025 ftesa dcaccount:HOST është rruga më e shkurtër te një llogari: pa kërkesë te /new, vetëm hyrje në IMAP dhe SMTP në të njëjtin çast. Një shërbyes që pengohet nga kjo garë, ose nga fjalëkalime të gjatë, u tregon përdoruesve të rinj një gabim.',
  },
  'deltachat.onboards-by-link': {
    of: '0xea025',
    text: 'I përgjigjet POST-it të Delta Chat-it te https://HOST/new me një llogari të përdorshme.',
    why: 'Këtu të çon kodi QR në faqen e shërbyesit. Kërkesa ka trup të zbrazët e pa lloj lënde, dhe versionet deri te 2.58 shkruajnë krejt URL-në te rreshti i parë.',
  },
  'deltachat.onboards-by-login': {
    of: '1b30v12',
    text: 'E lejon të hyjë Delta Chat-in me një adresë dhe një fjalëkalim.',
    why: 'Një pajisje e dytë, një telefon i ri ose një llogari e krijuar nga dikush tjetër: të gjitha hyjnë, e vënë në punë ngjeshjen ku shpallet, dhe kalojnë në IDLE.',
  },
  'deltachat.onboards-in-seconds': {
    of: '043p1cg',
    text: 'E bën Delta Chat-in gati për bisedë brenda 5 sekondave nga skanimi.',
    why: 'Fillimi premtohet të dojë sekonda. Delta Chat hyn katër herë për të, ndaj çdo hyrje e ngadaltë llogaritet dyfish.',
  },
  'deltachat.joins-securely': {
    of: '0ujr6si',
    text: 'E përcjell shkëmbimin me të cilin dy përdorues verifikojnë njëri-tjetrin (securejoin).',
    why: 'Kontaktet nisin me një kod QR. Dy mesazhet e para janë të fshehtëzuara vetëm me një të fshehtë të përbashkët dhe s’kanë krye Chat-Version; një filtër që do njërin a tjetrin i mban të ndarë krejt kontaktet e reja.',
  },
  'deltachat.carries-chat': {
    of: '0ynm7tv',
    text: 'E çon në anën tjetër çka përdoruesit e Delta Chat-it bëjnë në një bisedë: tekste, reagime, dëftesa, përpunime dhe fshirje.',
    why: 'Secila është një mesazh më vete, i marrë me urdhrat e saktë të bërthamës. Po të humbë njëri, dy telefona shfaqin biseda të ndryshme.',
  },
  'deltachat.carries-group': {
    of: '0byhitx',
    text: 'Ia çon një mesazh grupi secilit anëtar.',
    why: 'Një mesazh grupi del një herë, me një RCPT për anëtar. Kush lihet jashtë s’e merr vesh as vetë grupin.',
  },
  'deltachat.carries-files': {
    of: '16zprvh',
    text: 'I çon kartelat nga një Delta Chat te tjetri, deri te okteti i fundit.',
    why: 'Fotot dhe mesazhet zanore janë shumica e asaj që dërgohet. Mbi 140 000 oktete ato udhëtojnë si mesazh më vete, krahas lajmërimit të tyre.',
  },
  'deltachat.arrives-quickly': {
    of: '154v7jd',
    text: 'I duhet më pak se një sekondë nga një Delta Chat te tjetri, mesazh pas mesazhi.',
    why: 'Këtë ndiejnë përdoruesit: bashkë me fshehtëzimin, dërgimin, njoftimin e shërbyesit, marrjen dhe shfshehtëzimin.',
  },
  'deltachat.reaches-other-servers': {
    of: '1szuk9e',
    text: 'I lejon përdoruesit e Delta Chat-it të verifikojnë dhe t’u shkruajnë atyre të një shërbyesi tjetër chatmail, sikur të ishin në të njëjtin.',
    why: 'Njerëzit s’e zgjedhin shërbyesin për të qenë me miqtë. Mes shërbyesve çdo mesazh do një nënshkrim, një rrugë te shërbyesi tjetër dhe një filtër atje që e pranon.',
  },
  'deltachat.serves-second-device': {
    of: '16exo50',
    text: 'I mban në një hap dy pajisje të një llogarie: çka dërgojnë të tjerët vjen te të dyja, dhe çka dërgon njëra shfaqet te tjetra.',
    why: 'Me një pajisje të dytë, Delta Chat e dërgon çdo mesazh edhe te adresa e vet dhe e lë postën në shërbyes. Një shërbyes që e heq postën për veten e lë pajisjen tjetër pa gjysmën e çdo bisede.',
  },
  'deltachat.delivers-what-waited': {
    of: '0a1j59x',
    text: 'Ia jep Delta Chat-it postën që erdhi ndërsa s’ishte, sapo kthehet.',
    why: 'Telefonat janë jashtë linje gjysmën e ditës dhe humbin lidhjen në çdo tunel. Çka erdhi ndërkohë duhet të jetë aty në hyrjen tjetër, sipas UIDNEXT-it të SELECT-it.',
  },
}
