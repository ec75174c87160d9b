import { inLanguage } from '../language.ts';

const en = {
  title: 'Invite somebody',
  fields: { firstName: 'First name', lastName: 'Last name', email: 'E-mail' },
  isAdmin: 'Administrator of the contract',
  invite: 'Invite',
  mailed: (email: string) => `An invitation is on its way to ${email}.`,
  handOn: 'This deployment sends no mail. Hand this link on; it is good once, for seven days:',
} as const;

export const words = inLanguage({
  en,
  de: {
    title: 'Jemanden einladen',
    fields: { firstName: 'Vorname', lastName: 'Nachname', email: 'E-Mail' },
    isAdmin: 'Verwaltet den Vertrag',
    invite: 'Einladen',
    mailed: (email) => `Eine Einladung an ${email} ist unterwegs.`,
    handOn: 'Von hier gehen keine Mails. Geben Sie diesen Link weiter; er gilt einmal, sieben Tage lang:',
  },
});
