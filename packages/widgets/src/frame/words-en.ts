/** What the frame itself says. Each widget has its own words beside it. */
export const en = {
  loading: 'Loading…',
  signIn: 'Sign in',
  signInWhy: {
    hcm: 'Sign in to see what your team knows about this person.',
    onboarding: 'Sign in as an administrator to connect this product.',
  },
  signInHow: 'A window opens. Afterwards you go on here.',
  signInBlocked: 'The window did not open. Allow pop-ups for this page, then try again.',
  waiting: 'Waiting for the other window…',
  again: 'Try again',
  noSeat: 'You need a seat here to see more.',
  foreign: 'You are signed in, but not with a seat of this company.',
  otherAccount: 'Use another account',
  unreachable: 'No answer. Check your connection; nothing was lost.',
  failed: 'This did not work.',
  badContext: 'This cannot be shown here. The page names a customer that does not fit its key.',
  notEnabled: 'This widget is not switched on for your company. An administrator can do it.',
};
