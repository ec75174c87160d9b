import type { OnboardingWords } from './words.ts';

export const de: OnboardingWords = {
  heading: 'Wählen Sie, was verbunden wird',
  between: (organisation, ats) => `${organisation} und ${ats}`,
  chooseContract: 'Für welchen Vertrag?',
  chooseContractWhy: 'Sie verwalten mehrere. Was zu einem Vertrag gehört, wird nur für diesen angefragt.',
  changeContract: 'Vertrag wechseln',
  contractIs: (contract) => `Vertrag: ${contract}`,
  bundles: {
    RECRUITER_SYSTEM_CONNECT_COMPANY: {
      name: () => 'Für das ganze Unternehmen',
      features: (ats) => [
        `Recruiter sehen, wer schon in ${ats} ist und wie weit er gekommen ist.`,
        `Recruiter schicken gefundene Personen zu einer Stelle in ${ats}.`,
        `Das aktuelle Profil einer Person steht neben dem Datensatz in ${ats}.`,
      ],
      data: [
        {
          what: 'Stellen, Kandidaten, Bewerbungen und ihre Stufen',
          direction: 'from',
          who: 'Recruiter, denen Ihre Zugriffsregeln es erlauben',
        },
        {
          what: 'Notizen, Interviewbewertungen und Lebensläufe, falls gesendet',
          direction: 'from',
          who: 'Recruiter, denen Ihre Zugriffsregeln es erlauben',
        },
        {
          what: 'Name, Arbeitgeber, Ort und Profil exportierter Personen',
          direction: 'to',
          who: 'Wer dort an dieser Stelle arbeitet',
        },
      ],
    },
    RECRUITER_SYSTEM_CONNECT_CONTRACT: {
      name: (contract) => `Für den Vertrag ${contract}`,
      features: (ats) => [
        `${ats} zeigt, welche Nachrichten Ihre Recruiter schrieben, und ihre Notizen.`,
        `Kontaktdaten, die eine Person freigibt, kommen nach ${ats}.`,
      ],
      data: [
        {
          what: 'Nachrichten der Recruiter: wer wann an wen schrieb',
          direction: 'to',
          who: 'Wer dort an dieser Person arbeitet',
        },
        {
          what: 'Notizen der Recruiter; private nur für ihren Verfasser',
          direction: 'to',
          who: 'Wer dort an dieser Person arbeitet',
        },
        {
          what: 'E-Mail und Telefon, nachdem die Person zugestimmt hat',
          direction: 'to',
          who: 'Wer dort an dieser Person arbeitet',
        },
      ],
    },
  },
  notOffered: 'Hier nicht angeboten:',
  notOfferedNames: {
    APPLY_CONNECT: 'Bewerben mit Profil (verbunden)',
    APPLY_WITH_LINKEDIN: 'Bewerben mit Profil',
    APPLY_STARTERS_EXP: 'eine Bewerbung im Profil beginnen',
    CANDIDATE_RELATIONSHIP_MANAGEMENT: 'Pflege von Talentbeziehungen',
  },
  nothing: 'Diese Seite fragt nach nichts, was hier verbunden werden kann.',
  tableCaption: 'Welche Daten wohin gehen',
  columns: { what: 'Daten', direction: 'Weg', who: 'Wer sie sieht' },
  direction: (direction, ats) => (direction === 'from' ? `aus ${ats}` : `nach ${ats}`),
  showData: 'Welche Daten gehen wohin?',
  status: {
    NOT_REQUESTED: 'Nicht angefragt',
    REQUESTED: 'Angefragt',
    PARTNER_READY: 'Partner bereit',
    ENABLED: 'Eingeschaltet',
  },
  request: 'Anfragen',
  requestFor: (bundle) => `Anfragen: ${bundle}`,
  confirm: (ats) => `${ats} bitten, das einzurichten? Nichts fließt, bevor Sie es einschalten.`,
  confirmYes: 'Ja, anfragen',
  cancel: 'Abbrechen',
  waiting: (ats) => `${ats} wurde gebeten, es einzurichten. Diese Seite zeigt, wenn es so weit ist.`,
  notify: 'Partner erinnern',
  notifyLater: (time) => `Wenn nichts geschieht, können Sie den Partner ab ${time} erinnern.`,
  notified: (time) => `Der Partner wurde um ${time} erinnert.`,
  switchOn: 'Schalten Sie es jetzt ein in den',
  settings: 'Admin-Einstellungen',
  on: 'Es ist eingeschaltet: Daten fließen.',
  elsewhere: (names) => `Schon eingeschaltet mit ${names}. Beides ist möglich.`,
  ask: 'Nur Administratoren können das verbinden. Fragen Sie:',
  askNobody: 'Nur Administratoren können das verbinden, und Ihr Vertrag hat zurzeit keinen.',
};
