import { inLanguage } from '../language.ts';

const en = {
  forgot: 'Forgot your password?',
  forgotTitle: 'A new password',
  forgotHint:
    'Give the e-mail you sign in with. If it holds a seat, a link goes there within a minute; it is good for an hour.',
  send: 'Send the link',
  sent: 'If this e-mail holds a seat, a link is on its way. Look in your mailbox.',
  toSignIn: 'Back to sign in',
  chooseTitle: 'Choose a password',
  chooseHint: 'At least ten characters. Whoever was signed in with the old one no longer is.',
  newPassword: 'New password',
  save: 'Save the password',
  saved: 'Saved. Sign in with the new password.',
  tooShort: 'A password has at least ten characters.',
  spent: 'This link was used already, or is too old. Ask for a new one.',
  tooMany: 'Too many attempts. Wait a while, then try again.',
  failed: 'That did not work. Nothing was changed; try again.',
  with: (provider: string) => `Sign in with ${provider}`,
  or: 'or',
  problems: {
    unavailable: 'The sign-in service does not answer. Try again, or use your password.',
    expired: 'Signing in took too long. Try again.',
    refused: 'The sign-in service did not confirm your e-mail.',
    'no-seat': 'Your e-mail holds no seat that is switched on. Ask an administrator of your contract.',
  },
  contracts: 'Choose a contract',
  contractsHint: 'You work in one at a time. Nothing has to be signed in again.',
  current: 'you are here',
  contractsFailed: 'The contracts could not be loaded',
  changeContract: 'Change contract',
  language: 'Language',
  help: 'Help',
} as const;

export const words = inLanguage('account', en);
export type AccountWords = typeof en;
