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
