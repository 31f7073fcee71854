// What is asked of delivery, and why, in Albanian. `npm run i18n` tells the marks.
import type { CatalogueWords } from '../catalogue.ts'

export const delivery: CatalogueWords = {
  'delivery.arrives-under-a-second': {
    of: '0bhbu9s',
    text: 'I çon 95 nga 100 mesazhe mes përdoruesve të vet te një pajisje në pritje brenda një sekonde, pa llogaritur rrjetin.',
    why: 'Biseda duhet të jetë e atypëratyshme: shumë më pak se një sekondë nga një pajisje te tjetra. Një radhë ose një vonesë njoftimi te shërbyesi ndihet me çdo mesazh.',
  },
  'delivery.still-notifies-after-idling': {
    of: '0u64h3p',
    text: 'E njofton për postë të re një pajisje që është në IDLE prej më shumë se gjysmë minute.',
    why: 'Një bisedë hesht shumicën e kohës. Një shërbyes që i harron sesionet në pritje e lë telefonin të heshtur derisa ky të pyesë sërish, minuta më vonë.',
  },
  'delivery.wakes-every-device': {
    of: '1fq3ibg',
    text: 'Njofton çdo sesion të një llogarie që është në IDLE, jo vetëm njërin.',
    why: 'Përdoruesit kanë telefon dhe laptop në një llogari. Të dy duhet ta marrin vesh menjëherë.',
  },
  'delivery.never-loses': {
    of: '1s35rre',
    text: 'E dorëzon çdo mesazh që ka pranuar.',
    why: 'Një 250 është premtim. Një mesazh i humbur pas tij humbi përgjithmonë: askush s’do ta dërgojë sërish dhe askujt s’i thuhet.',
  },
  'delivery.never-duplicates': {
    of: '07eo1qd',
    text: 'E dorëzon një mesazh vetëm një herë.',
    why: 'Kopjet e zgjojnë telefonin kot dhe e mbushin kutinë; klientët që s’krahasojnë i shfaqin dy herë.',
  },
  'delivery.delivers-unread': {
    of: '0sytlgs',
    text: 'I dorëzon mesazhet pa shenjat \\Seen dhe \\Deleted.',
    why: 'Një mesazh i shënuar si i parë quhet i lexuar në një pajisje tjetër dhe s’njoftohet askush; një i shënuar si i fshirë ikën me CLOSE-n e ardhshme.',
  },
  'delivery.reaches-every-recipient': {
    of: '1rcqiwo',
    text: 'Ia dorëzon një mesazh secilit prej marrësve.',
    why: 'Mesazhet e grupit janë një transaksion me shumë marrës. Kush lihet jashtë s’sheh një pjesë të bisedës, dhe askush s’e vë re.',
  },
  'delivery.delivers-to-self': {
    of: '0ca6z1f',
    text: 'U dorëzon përdoruesve çka i dërgojnë vetes, më vete ose bashkë me marrës të tjerë.',
    why: 'Nga kjo kopje pajisjet e tjera të dërguesit mësojnë ç’u shkrua, dhe mesazhet e ruajtur s’janë gjë tjetër.',
  },
  'delivery.delivers-same-message-to-more-recipients': {
    of: '04vqjp7',
    text: 'Një mesazh me Message-ID-në e një të mëparshmi ua dorëzon marrësve që s’e kanë pasur, dhe vetëm atyre.',
    why: 'Delta Chat i ndan grupet e mëdha në disa transaksione me të njëjtat oktete. Një shërbyes që e njeh tashmë Message-ID-në, prapë duhet ta dorëzojë.',
  },
  'delivery.keeps-bytes': {
    of: '1kcuq11',
    text: 'E dorëzon trupin e fshehtëzuar oktet për oktet.',
    why: 'Një oktet i ndryshuar në një mesazh të fshehtëzuar, dhe ky s’lexohet më.',
  },
  'delivery.keeps-message-id': {
    of: '0yuwqjd',
    text: 'E lë Message-ID-në e një mesazhi ashtu siç është.',
    why: 'Përgjigjet, reagimet, fshirjet dhe dëftesat e leximit i përmendin mesazhet me të. Po të ndryshojë, s’tregojnë më asgjë.',
  },
  'delivery.keeps-date': {
    of: '0763jhh',
    text: 'E dorëzon një mesazh, Date e të cilit është ditë më parë, dhe e lë atë Date siç është.',
    why: 'Delta Chat e mjegullon qëllimisht datën e jashtme, deri në gjashtë ditë. Një filtër që e merr për të padëshiruar humbet mesazhe, dhe koha e vërtetë tregon çka duhej fshehur.',
  },
  'delivery.keeps-recipients-hidden': {
    of: '0mb4kff',
    text: 'S’shkruan adresa në një fushë To që s’përmend asnjë.',
    why: 'Kush është në grup i përket vetëm grupit: Delta Chat shkruan `To: "hidden-recipients": ;` dhe i mban emrat brenda.',
  },
  'delivery.keeps-headers': {
    of: '0i674d0',
    text: 'I lë siç janë From, Chat-Version, Chat-Is-Post-Message, MIME-Version dhe Content-Type.',
    why: 'Sipas tyre klientët vendosin ç’të shkarkojnë dhe si ta zbërthejnë. Një kufizues me shkronja të ndryshme s’ndan asgjë.',
  },
  'delivery.delivers-large-messages': {
    of: '11l25ho',
    text: 'E dorëzon të plotë një mesazh prej 1 MB.',
    why: 'Kaq i madh është përafërsisht një fotografi ose një mesazh zanor.',
  },
  'delivery.accepts-client-parameters': {
    of: '1az3lra',
    text: 'I pranon parametrat e MAIL BODY=8BITMIME dhe SMTPUTF8 kur i ofron këto zgjerime.',
    why: 'Delta Chat i dërgon të dy me çdo mesazh, sapo shërbyesi i ofron. Një refuzim e ndal çdo dërgim.',
  },
}
