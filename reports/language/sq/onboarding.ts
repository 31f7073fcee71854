// What is asked of onboarding, and why, in Albanian. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const onboarding: CatalogueWords = {
  'onboarding.new-proposes-credentials': {
    of: '1jvwoek',
    text: 'Një POST /new të zbrazët i përgjigjet me një adresë të përkatësisë së vet dhe një fjalëkalim, si JSON, pa kërkuar gjë.',
    why: 'Pikërisht këtu të çon një ftesë e skanuar. Çdo pengesë, një formular, një token, një ridrejtim, e ndërpret regjistrimin.',
  },
  'onboarding.new-proposals-differ': {
    of: '0ner51j',
    text: 'Propozon çdo herë një tjetër adresë dhe një tjetër fjalëkalim.',
    why: 'Dy vetë me të njëjtën adresë do të kishin një kuti të përbashkët; dy vetë me të njëjtin fjalëkalim mund të lexonin postën e njëri-tjetrit.',
  },
  'onboarding.new-proposal-works': {
    of: '1o3jwqf',
    text: 'Lejon të hyjë cilindo që vjen me kredencialet e propozuara, përmes IMAP-it dhe për dërgim.',
    why: 'Aplikacioni i përdor menjëherë dhe vetëm një herë: nëse s’funksionojnë, regjistrimi dështoi.',
  },
  'onboarding.is-ready-in-seconds': {
    of: '15n36un',
    text: 'E çon një përdorues të ri nga POST /new te një kuti në pritje brenda pesë sekondave.',
    why: 'Fillimi brenda pak sekondash është premtimi me të cilin njerëzit ftojnë të tjerë.',
  },
  'onboarding.creates-account-on-first-imap-login': {
    of: '0f16igf',
    text: 'Krijon një llogari në hyrjen e parë IMAP me një emër të ri, të përdorshme menjëherë.',
    why: 'Aplikacioni shpik një emër e një fjalëkalim dhe hyn; s’ka regjistrim tjetër.',
  },
  'onboarding.creates-account-on-first-smtp-login': {
    of: '1nq7z04',
    text: 'Krijon një llogari në hyrjen e parë për dërgim me një emër të ri, të përdorshme menjëherë.',
    why: 'Aplikacioni hyn njëkohësisht në IMAP dhe SMTP. Secila mund të mbërrijë e para.',
  },
  'onboarding.creates-account-once': {
    of: '0f4nbte',
    text: 'Krijon vetëm një llogari kur vijnë njëkohësisht disa hyrje të para me të njëjtin fjalëkalim.',
    why: 'Aplikacionet hapin disa lidhje njëherësh. Nëse njëra hidhet poshtë, regjistrimi dështon; nëse krijohen dy llogari, te njëra humbet posta.',
  },
  'onboarding.accepts-credentials-of-apps': {
    of: '1v7lm15',
    text: 'Pranon emra të rinj me 9 shkronja e shifra dhe fjalëkalime me 22 shenja, njëkohësisht në IMAP dhe për dërgim.',
    why: 'Këto shpik aplikacioni për një ftesë që përmend vetëm shërbyesin.',
  },
  'onboarding.lets-owner-back-in': {
    of: '1i9htkh',
    text: 'E lejon të zotin e një llogarie të hyjë sërish, përmes IMAP-it dhe për dërgim.',
    why: 'Çdo lidhje e mëvonshme e çdo pajisjeje është një hyrje e tillë.',
  },
  'onboarding.keeps-users-with-equal-passwords-apart': {
    of: '1iarx6c',
    text: 'Dy përdoruesve që rastësisht kanë të njëjtin fjalëkalim u jep dy kuti të ndara.',
    why: 'Kush ndan një kuti me dikë, lexon postën e tjetrit.',
  },
  'onboarding.accepts-odd-passwords': {
    of: '1p93mi0',
    text: 'Pranon fjalëkalime me thonjëza, vija të pjerrëta mbrapsht dhe shenja të tjera pikësimi, përmes IMAP-it dhe për dërgim.',
    why: 'Fjalëkalime të tilla propozon vetë releja.',
  },
  'onboarding.accepts-long-passwords': {
    of: '1baxb8c',
    text: 'Pranon fjalëkalime me 50 shenja, përmes IMAP-it dhe për dërgim.',
    why: 'Delta Chat para versionit 2.58 shpikte fjalëkalime me këtë gjatësi.',
  },
  'onboarding.refuses-wrong-password': {
    of: '11w12lh',
    text: 'E hedh poshtë një hyrje me fjalëkalim të gabuar, përmes IMAP-it dhe për dërgim.',
    why: 'Posta është vetëm për të zotin.',
  },
  'onboarding.refuses-empty-password': {
    of: '09hrktb',
    text: 'E hedh poshtë një hyrje me fjalëkalim të zbrazët.',
    why: 'Disa baza fjalëkalimesh e marrin fjalëkalimin e zbrazët për hyrje anonime, e cila ia del përherë.',
  },
  'onboarding.compares-whole-password': {
    of: '0xvb1yw',
    text: 'E hedh poshtë një fjalëkalim që ndryshon nga i sakti vetëm në shenjën e fundit.',
    why: 'Hash-et e vjetra shohin vetëm tetë shenjat e para. Mbetet shumë më pak për t’u hamendësuar.',
  },
  'onboarding.compares-password-case': {
    of: '0uxxqnd',
    text: 'E hedh poshtë një fjalëkalim që ndryshon nga i sakti vetëm në shkronja të mëdha e të vogla.',
    why: 'Po të mos dallohen, fjalëkalimet hamendësohen shumë më lehtë.',
  },
  'onboarding.compares-password-punctuation': {
    of: '1gq99g5',
    text: 'E hedh poshtë një fjalëkalim që ndryshon nga i sakti vetëm në pikësim.',
    why: 'Një shërbyes që heq shenjat që s’di t’i citojë, e hap një kuti me më shumë se një fjalëkalim.',
  },
  'onboarding.keeps-password-after-wrong-login': {
    of: '0nm47da',
    text: 'E lejon të zotin të hyjë edhe pasi dikush ka provuar një fjalëkalim të gabuar.',
    why: 'Përndryshe, kush di një adresë do të mund ta merrte llogarinë, ose t’ia mbyllte derën të zotit.',
  },
  'onboarding.autoconfig-endpoints-work': {
    of: '0ci8vqq',
    text: 'I lejon përdoruesit të hyjnë në çdo shërbyes që radhit dokumenti i tij autoconfig.',
    why: 'Aplikacionet i besojnë listës. Një zë i vdekur kushton një minutë pritje, një i gabuar vetë regjistrimin.',
  },
}
