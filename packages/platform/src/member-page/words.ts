import type { Language } from '../consent/index.ts';

/** Everything the member reads, but for the text of the consent, which has versions. */
export interface Words {
  readonly skip: string;
  readonly otherLanguage: string;
  readonly back: string;
  readonly theCompany: string;
  readonly ask: Record<
    'title' | 'intro' | 'email' | 'send' | 'sentTitle' | 'sent' | 'notAnAddress' | 'noMail',
    string
  >;
  readonly tooOften: Record<'title' | 'text', string>;
  readonly foreignForm: Record<'title' | 'text', string>;
  readonly badLink: Record<'title' | 'unknown' | 'expired' | 'revoked' | 'askAgain', string>;
  readonly confirm: Record<'title' | 'question' | 'notYou' | 'yes' | 'doneTitle' | 'done', string>;
  readonly settings: {
    readonly title: string;
    readonly intro: string;
    readonly emails: Record<
      'title' | 'primary' | 'remove' | 'removeOf' | 'add' | 'addHint' | 'addButton' | 'none',
      string
    >;
    readonly switches: Record<'title' | 'on' | 'off' | 'changed' | 'byDirectory' | 'unchanged', string>;
    readonly sharing: SwitchWords;
    readonly foundByEmail: SwitchWords;
    readonly foundByPhone: SwitchWords;
    readonly consents: Record<
      'title' | 'none' | 'given' | 'refused' | 'withdrawn' | 'unanswered' | 'stop' | 'stopOf' | 'about',
      string
    >;
    readonly exports: Record<'title' | 'none' | 'on' | 'hint', string>;
    readonly records: Record<'title' | 'none' | 'one' | 'several' | 'hint', string>;
    readonly log: Record<
      | 'title'
      | 'none'
      | 'turnedOn'
      | 'turnedOff'
      | 'emailAdded'
      | 'emailRemoved'
      | 'opened'
      | 'closed'
      | 'byYou'
      | 'byDirectory',
      string
    >;
    readonly data: Record<'title' | 'download' | 'downloadHint' | 'links' | 'linksHint', string>;
    readonly account: Record<
      'title' | 'isClosed' | 'close' | 'closeHint' | 'reopen' | 'erase' | 'eraseHint' | 'eraseSure' | 'seat',
      string
    >;
  };
  readonly erased: Record<'title' | 'text', string>;
  readonly linksEnded: Record<'title' | 'text', string>;
  readonly reply: Record<
    | 'title'
    | 'from'
    | 'you'
    | 'text'
    | 'send'
    | 'interested'
    | 'declined'
    | 'quick'
    | 'orWrite'
    | 'closed'
    | 'declinedState'
    | 'gone'
    | 'aboutOwn',
    string
  >;
  /** After a form, by the code in the address. */
  readonly said: Readonly<Record<SaidCode, string>>;
  readonly mail: Record<
    | 'linkSubject'
    | 'link'
    | 'linkEnds'
    | 'notAsked'
    | 'confirmSubject'
    | 'confirm'
    | 'addedSubject'
    | 'added'
    | 'removedSubject'
    | 'removed'
    | 'inviteSubject'
    | 'inviteReplyAbove'
    | 'inviteReplyPage'
    | 'inviteFrom'
    | 'inviteFooter'
    | 'shareSubject'
    | 'share',
    string
  >;
}

export interface SwitchWords {
  readonly title: string;
  readonly text: string;
}

export const GOOD = ['saved', 'mail-sent', 'sent', 'shared', 'not-shared', 'stopped', 'removed'] as const;
export const BAD = [
  'empty',
  'bad-email',
  'bad-phone',
  'last-email',
  'too-often',
  'known-email',
  'not-sure',
  'is-closed',
  'no-mail',
] as const;
export type SaidCode = (typeof GOOD)[number] | (typeof BAD)[number];

/** "{name}" is replaced by the value of that name. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

const en: Words = {
  skip: 'Skip to the content',
  otherLanguage: 'Deutsch',
  back: 'Back',
  theCompany: 'the company',
  ask: {
    title: 'Your own page',
    intro:
      'See and change what recruiters can find and export about you. Enter an e-mail address that belongs to your profile: a link to your page is mailed there.',
    email: 'E-mail',
    send: 'Mail me the link',
    sentTitle: 'Look into your mail',
    sent: 'If this address belongs to a profile, a link is on its way. It is good for 30 days. Nothing came? Look into the spam folder, or try another of your addresses.',
    notAnAddress: 'This is not an e-mail address.',
    noMail: 'This service cannot send mail at the moment. Please ask whoever runs it.',
  },
  tooOften: {
    title: 'Too often',
    text: 'There were too many attempts. Please wait an hour, then try again.',
  },
  foreignForm: {
    title: 'This form did not come from this page',
    text: 'Please open your link again and repeat what you did.',
  },
  badLink: {
    title: 'This link is not good',
    unknown: 'There is no such link. Was it copied whole?',
    expired: 'This link has expired: links are good for 30 days.',
    revoked: 'This link has been used already, or was made invalid.',
    askAgain: 'Get a new link to your own page',
  },
  confirm: {
    title: 'Confirm your e-mail address',
    question: 'Somebody asked to add {email} to his or her profile. Was that you?',
    notYou: 'If it was not you, close this page: then nothing happens.',
    yes: 'Yes, this is my address',
    doneTitle: 'Your address is confirmed',
    done: '{email} now belongs to your profile.',
  },
  settings: {
    title: 'Your own page',
    intro: 'Only you can open this page, by the link that was mailed to you. Do not pass the link on.',
    emails: {
      title: 'E-mail addresses',
      primary: 'first address',
      remove: 'Remove',
      removeOf: 'Remove {email}',
      add: 'Add an address',
      addHint: 'A link to confirm it is mailed there. Only confirmed addresses count.',
      addButton: 'Mail me the link',
      none: 'Your profile has no e-mail address.',
    },
    switches: {
      title: 'Privacy',
      on: 'On',
      off: 'Off',
      changed: 'Changed by you on {date}',
      byDirectory: 'Changed by the directory on {date}',
      unchanged: 'Not changed since your profile was created',
    },
    sharing: {
      title: 'Allow recruiters to export my profile to their systems',
      text: 'On: a recruiter may copy your name, current employer, place, profile address and member id into the company’s applicant tracking system. No e-mail address and no phone number. Off: nobody can.',
    },
    foundByEmail: {
      title: 'Let companies that have my e-mail address find me by it',
      text: 'On: if you applied to a company, its records are linked with your profile by your address. Off: they are not, and links made by an address end.',
    },
    foundByPhone: {
      title: 'Let companies that have my phone number find me by it',
      text: 'The same for your phone number.',
    },
    consents: {
      title: 'Companies that have your contact info',
      none: 'You share your contact info with no company.',
      given: 'Shared since {date}: {contact}',
      refused: 'You said no on {date}. Nothing is shared.',
      withdrawn: 'You stopped sharing on {date}.',
      unanswered: 'Asked on {date}, not answered. Nothing is shared.',
      stop: 'Stop sharing',
      stopOf: 'Stop sharing with {organisation}',
      about: 'What is shared and how do I withdraw?',
    },
    exports: {
      title: 'Companies that exported your profile',
      none: 'No company has.',
      on: 'on {date}, into {ats}',
      hint: 'Each of them is told when you close or erase your account.',
    },
    records: {
      title: 'Companies with a record about you',
      none: 'No company’s applicant tracking system holds a record that is tied to you.',
      one: 'One record in {ats}, last received on {date}',
      several: '{count} records in {ats}, last received on {date}',
      hint: 'These records are the companies’ own, for instance your applications. Ask the company to see, correct or delete them.',
    },
    log: {
      title: 'What was changed, and when',
      none: 'Nothing so far.',
      turnedOn: 'Turned on: {what}',
      turnedOff: 'Turned off: {what}',
      emailAdded: 'An e-mail address was added',
      emailRemoved: 'An e-mail address was removed',
      opened: 'Account opened',
      closed: 'Account closed',
      byYou: 'by you',
      byDirectory: 'by the directory',
    },
    data: {
      title: 'Your data and links',
      download: 'Download my data',
      downloadHint: 'Everything that is stored about you here, as a file (JSON).',
      links: 'End all my links',
      linksHint: 'If a link fell into wrong hands. This one ends too; you can have a new one mailed.',
    },
    account: {
      title: 'Account',
      isClosed:
        'Your account is closed: nobody finds you here, and no company’s records are linked with you.',
      close: 'Close my account',
      closeHint: 'Nobody finds you any more. You can open it again here.',
      reopen: 'Open my account again',
      erase: 'Erase my data',
      eraseHint:
        'Everything about you is deleted here, for good. Companies keep what they hold in their own systems: they are told that your profile is gone.',
      eraseSure: 'Yes, erase everything. This cannot be undone.',
      seat: 'You have a recruiter’s seat at {organisation}. Its administrator has to end it before you can close or erase your account.',
    },
  },
  erased: {
    title: 'Your data is erased',
    text: 'All that is kept is a number, so that the next import of the directory does not bring you back.',
  },
  linksEnded: {
    title: 'Your links have ended',
    text: 'No link that was mailed to you opens anything any more.',
  },
  reply: {
    title: 'Message from {recruiter}, {organisation}',
    from: '{name} on {date}',
    you: 'You',
    text: 'Your reply',
    send: 'Send reply',
    quick: 'Answer quickly',
    orWrite: 'Or write',
    interested: 'Yes, interested',
    declined: 'No thanks',
    closed: 'This conversation is closed; it can no longer be answered.',
    declinedState: 'You answered “No thanks”. {organisation} may not write in this conversation any more.',
    gone: 'This conversation no longer exists.',
    aboutOwn: 'See and change what recruiters can find about you',
  },
  said: {
    saved: 'Saved.',
    'mail-sent': 'A link was mailed there. Open it to confirm the address.',
    sent: 'Your reply was sent.',
    shared: 'Thank you. Your contact info is shared with this company only.',
    'not-shared': 'Your contact info is not shared.',
    stopped: 'This company gets your contact info no longer.',
    removed: 'The address was removed.',
    empty: 'Please write something, or choose an answer.',
    'bad-email': 'Please give an e-mail address.',
    'bad-phone': 'This does not look like a phone number. You can leave it empty.',
    'last-email':
      'This is your last address: without one you could not get a link to this page. Add another first.',
    'too-often': 'That was too often. Please wait an hour.',
    'known-email': 'This address is confirmed already.',
    'not-sure': 'Nothing was erased: please tick the box to show that you are sure.',
    'is-closed': 'This conversation is closed; nothing was sent.',
    'no-mail': 'This service cannot send mail at the moment.',
  },
  mail: {
    linkSubject: 'Your link',
    link: 'Here is the link to your own page. Whoever has it can see and change your settings, so do not pass it on:',
    linkEnds: 'It is good until {date}.',
    notAsked:
      'You did not ask for it? Then somebody mistyped an address; nothing has happened, and you can delete this mail.',
    confirmSubject: 'Confirm your e-mail address',
    confirm: 'Somebody, hopefully you, asked to add this address to a profile. To confirm it, open:',
    addedSubject: 'An e-mail address was added to your profile',
    added:
      'The address {email} was confirmed and added to your profile. If that was not you, remove it on your own page and end all links:',
    removedSubject: 'An e-mail address was removed from your profile',
    removed: 'The address {email} was removed from your profile. If that was not you, look at your own page:',
    inviteSubject: '{subject}',
    inviteReplyAbove: 'Write your answer above this line, or answer here:',
    inviteReplyPage: 'Answer here:',
    inviteFrom: '{recruiter}, {organisation}, writes:',
    inviteFooter: 'Your address was not given to {organisation}. What recruiters can find about you: {url}',
    shareSubject: 'Share your contact info with {organisation}?',
    share:
      'Thank you for your answer to {recruiter}. {organisation} would like to have your contact info. Whether you share it is up to you; without an answer nothing is shared:',
  },
};

const de: Words = {
  skip: 'Zum Inhalt',
  otherLanguage: 'English',
  back: 'Zurück',
  theCompany: 'das Unternehmen',
  ask: {
    title: 'Ihre eigene Seite',
    intro:
      'Sehen und ändern Sie, was Recruiter über Sie finden und exportieren können. Geben Sie eine E-Mail-Adresse Ihres Profils an: Dorthin wird ein Link zu Ihrer Seite geschickt.',
    email: 'E-Mail',
    send: 'Link schicken',
    sentTitle: 'Sehen Sie in Ihre E-Mail',
    sent: 'Wenn diese Adresse zu einem Profil gehört, ist ein Link unterwegs. Er gilt 30 Tage. Nichts gekommen? Sehen Sie im Spam-Ordner nach oder nehmen Sie eine andere Ihrer Adressen.',
    notAnAddress: 'Das ist keine E-Mail-Adresse.',
    noMail: 'Dieser Dienst kann zurzeit keine E-Mail verschicken. Bitte fragen Sie den Betreiber.',
  },
  tooOften: { title: 'Zu oft', text: 'Das waren zu viele Versuche. Bitte warten Sie eine Stunde.' },
  foreignForm: {
    title: 'Dieses Formular kam nicht von dieser Seite',
    text: 'Bitte öffnen Sie Ihren Link erneut und wiederholen Sie die Eingabe.',
  },
  badLink: {
    title: 'Dieser Link gilt nicht',
    unknown: 'Diesen Link gibt es nicht. Wurde er ganz kopiert?',
    expired: 'Dieser Link ist abgelaufen: Links gelten 30 Tage.',
    revoked: 'Dieser Link wurde schon benutzt oder für ungültig erklärt.',
    askAgain: 'Einen neuen Link zur eigenen Seite anfordern',
  },
  confirm: {
    title: 'E-Mail-Adresse bestätigen',
    question: 'Jemand möchte {email} in sein Profil aufnehmen. Waren Sie das?',
    notYou: 'Wenn nicht, schließen Sie diese Seite: Dann geschieht nichts.',
    yes: 'Ja, das ist meine Adresse',
    doneTitle: 'Ihre Adresse ist bestätigt',
    done: '{email} gehört nun zu Ihrem Profil.',
  },
  settings: {
    title: 'Ihre eigene Seite',
    intro:
      'Nur Sie können diese Seite öffnen, mit dem Link aus Ihrer E-Mail. Geben Sie den Link nicht weiter.',
    emails: {
      title: 'E-Mail-Adressen',
      primary: 'erste Adresse',
      remove: 'Entfernen',
      removeOf: '{email} entfernen',
      add: 'Adresse hinzufügen',
      addHint: 'Dorthin wird ein Link zur Bestätigung geschickt. Nur bestätigte Adressen zählen.',
      addButton: 'Link schicken',
      none: 'Ihr Profil hat keine E-Mail-Adresse.',
    },
    switches: {
      title: 'Privatsphäre',
      on: 'An',
      off: 'Aus',
      changed: 'Von Ihnen geändert am {date}',
      byDirectory: 'Vom Verzeichnis geändert am {date}',
      unchanged: 'Unverändert, seit Ihr Profil angelegt wurde',
    },
    sharing: {
      title: 'Recruiter dürfen mein Profil in ihre Systeme exportieren',
      text: 'An: Ein Recruiter darf Ihren Namen, aktuellen Arbeitgeber, Ort, die Profiladresse und Mitglieds-ID in das Bewerbermanagementsystem seines Unternehmens übernehmen. Keine E-Mail-Adresse, keine Telefonnummer. Aus: Niemand kann das.',
    },
    foundByEmail: {
      title: 'Unternehmen, die meine E-Mail-Adresse haben, dürfen mich darüber finden',
      text: 'An: Wenn Sie sich bei einem Unternehmen beworben haben, werden dessen Datensätze über Ihre Adresse mit Ihrem Profil verknüpft. Aus: Das geschieht nicht, und über eine Adresse geknüpfte Verbindungen enden.',
    },
    foundByPhone: {
      title: 'Unternehmen, die meine Telefonnummer haben, dürfen mich darüber finden',
      text: 'Dasselbe für Ihre Telefonnummer.',
    },
    consents: {
      title: 'Unternehmen, die Ihre Kontaktdaten haben',
      none: 'Sie teilen Ihre Kontaktdaten mit keinem Unternehmen.',
      given: 'Geteilt seit {date}: {contact}',
      refused: 'Sie haben am {date} abgelehnt. Es wird nichts geteilt.',
      withdrawn: 'Sie haben das Teilen am {date} beendet.',
      unanswered: 'Gefragt am {date}, nicht beantwortet. Es wird nichts geteilt.',
      stop: 'Nicht mehr teilen',
      stopOf: 'Nicht mehr mit {organisation} teilen',
      about: 'Was wird geteilt, und wie widerrufe ich?',
    },
    exports: {
      title: 'Unternehmen, die Ihr Profil exportiert haben',
      none: 'Keines.',
      on: 'am {date}, in {ats}',
      hint: 'Jedes davon erfährt, wenn Sie Ihr Konto schließen oder löschen.',
    },
    records: {
      title: 'Unternehmen mit einem Datensatz über Sie',
      none: 'Kein Bewerbermanagementsystem eines Unternehmens hält einen Datensatz, der mit Ihnen verknüpft ist.',
      one: 'Ein Datensatz in {ats}, zuletzt empfangen am {date}',
      several: '{count} Datensätze in {ats}, zuletzt empfangen am {date}',
      hint: 'Diese Datensätze gehören den Unternehmen, zum Beispiel Ihre Bewerbungen. Bitten Sie das Unternehmen um Auskunft, Berichtigung oder Löschung.',
    },
    log: {
      title: 'Was wann geändert wurde',
      none: 'Bisher nichts.',
      turnedOn: 'Eingeschaltet: {what}',
      turnedOff: 'Ausgeschaltet: {what}',
      emailAdded: 'Eine E-Mail-Adresse kam hinzu',
      emailRemoved: 'Eine E-Mail-Adresse wurde entfernt',
      opened: 'Konto geöffnet',
      closed: 'Konto geschlossen',
      byYou: 'von Ihnen',
      byDirectory: 'vom Verzeichnis',
    },
    data: {
      title: 'Ihre Daten und Links',
      download: 'Meine Daten herunterladen',
      downloadHint: 'Alles, was hier über Sie gespeichert ist, als Datei (JSON).',
      links: 'Alle meine Links beenden',
      linksHint:
        'Falls ein Link in falsche Hände geraten ist. Auch dieser endet; Sie können sich einen neuen schicken lassen.',
    },
    account: {
      title: 'Konto',
      isClosed:
        'Ihr Konto ist geschlossen: Niemand findet Sie hier, und keine Datensätze sind mit Ihnen verknüpft.',
      close: 'Mein Konto schließen',
      closeHint: 'Niemand findet Sie mehr. Sie können es hier wieder öffnen.',
      reopen: 'Mein Konto wieder öffnen',
      erase: 'Meine Daten löschen',
      eraseHint:
        'Alles über Sie wird hier endgültig gelöscht. Unternehmen behalten, was in ihren eigenen Systemen steht: Sie erfahren, dass Ihr Profil nicht mehr besteht.',
      eraseSure: 'Ja, alles löschen. Das lässt sich nicht rückgängig machen.',
      seat: 'Sie haben einen Recruiter-Platz bei {organisation}. Dessen Administrator muss ihn beenden, bevor Sie Ihr Konto schließen oder löschen können.',
    },
  },
  erased: {
    title: 'Ihre Daten sind gelöscht',
    text: 'Geblieben ist nur eine Nummer, damit der nächste Import des Verzeichnisses Sie nicht zurückbringt.',
  },
  linksEnded: {
    title: 'Ihre Links sind beendet',
    text: 'Kein Link, der Ihnen geschickt wurde, öffnet noch etwas.',
  },
  reply: {
    title: 'Nachricht von {recruiter}, {organisation}',
    from: '{name} am {date}',
    you: 'Sie',
    text: 'Ihre Antwort',
    send: 'Antwort senden',
    quick: 'Schnell antworten',
    orWrite: 'Oder schreiben',
    interested: 'Ja, Interesse',
    declined: 'Nein, danke',
    closed: 'Diese Unterhaltung ist geschlossen und kann nicht mehr beantwortet werden.',
    declinedState:
      'Sie haben mit „Nein, danke“ geantwortet. {organisation} darf in dieser Unterhaltung nicht mehr schreiben.',
    gone: 'Diese Unterhaltung gibt es nicht mehr.',
    aboutOwn: 'Sehen und ändern, was Recruiter über Sie finden können',
  },
  said: {
    saved: 'Gespeichert.',
    'mail-sent': 'Dorthin wurde ein Link geschickt. Öffnen Sie ihn, um die Adresse zu bestätigen.',
    sent: 'Ihre Antwort wurde gesendet.',
    shared: 'Danke. Ihre Kontaktdaten werden nur mit diesem Unternehmen geteilt.',
    'not-shared': 'Ihre Kontaktdaten werden nicht geteilt.',
    stopped: 'Dieses Unternehmen erhält Ihre Kontaktdaten nicht mehr.',
    removed: 'Die Adresse wurde entfernt.',
    empty: 'Bitte schreiben Sie etwas oder wählen Sie eine Antwort.',
    'bad-email': 'Bitte geben Sie eine E-Mail-Adresse an.',
    'bad-phone': 'Das sieht nicht nach einer Telefonnummer aus. Das Feld kann leer bleiben.',
    'last-email':
      'Das ist Ihre letzte Adresse: Ohne sie bekämen Sie keinen Link zu dieser Seite. Fügen Sie erst eine andere hinzu.',
    'too-often': 'Das war zu oft. Bitte warten Sie eine Stunde.',
    'known-email': 'Diese Adresse ist schon bestätigt.',
    'not-sure': 'Es wurde nichts gelöscht: Bitte setzen Sie das Häkchen, wenn Sie sicher sind.',
    'is-closed': 'Diese Unterhaltung ist geschlossen; es wurde nichts gesendet.',
    'no-mail': 'Dieser Dienst kann zurzeit keine E-Mail verschicken.',
  },
  mail: {
    linkSubject: 'Ihr Link',
    link: 'Hier ist der Link zu Ihrer eigenen Seite. Wer ihn hat, kann Ihre Einstellungen sehen und ändern; geben Sie ihn nicht weiter:',
    linkEnds: 'Er gilt bis zum {date}.',
    notAsked:
      'Sie haben ihn nicht angefordert? Dann hat sich jemand vertippt; es ist nichts geschehen, und Sie können diese E-Mail löschen.',
    confirmSubject: 'E-Mail-Adresse bestätigen',
    confirm:
      'Jemand, hoffentlich Sie, möchte diese Adresse in ein Profil aufnehmen. Zum Bestätigen öffnen Sie:',
    addedSubject: 'Ihrem Profil wurde eine E-Mail-Adresse hinzugefügt',
    added:
      'Die Adresse {email} wurde bestätigt und Ihrem Profil hinzugefügt. Waren Sie das nicht, entfernen Sie sie auf Ihrer Seite und beenden Sie alle Links:',
    removedSubject: 'Aus Ihrem Profil wurde eine E-Mail-Adresse entfernt',
    removed:
      'Die Adresse {email} wurde aus Ihrem Profil entfernt. Waren Sie das nicht, sehen Sie auf Ihrer Seite nach:',
    inviteSubject: '{subject}',
    inviteReplyAbove: 'Schreiben Sie Ihre Antwort über diese Zeile, oder antworten Sie hier:',
    inviteReplyPage: 'Antworten Sie hier:',
    inviteFrom: '{recruiter}, {organisation}, schreibt:',
    inviteFooter:
      'Ihre Adresse wurde {organisation} nicht mitgeteilt. Was Recruiter über Sie finden können: {url}',
    shareSubject: 'Kontaktdaten mit {organisation} teilen?',
    share:
      'Danke für Ihre Antwort an {recruiter}. {organisation} hätte gern Ihre Kontaktdaten. Ob Sie sie teilen, entscheiden Sie; ohne Antwort wird nichts geteilt:',
  },
};

export const WORDS: Readonly<Record<Language, Words>> = { en, de };
