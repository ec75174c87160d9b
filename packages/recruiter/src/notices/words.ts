/** The words of the bell and its notices. */
import { MOST_WAITING, type NoticedAction } from '@carrick/protocol/notices';
import { inLanguage } from '../language.ts';
import { wholeNumber } from '../messages.ts';
import { upTo } from '../numbers.ts';

const en = {
  title: 'Notices',
  bell: (unread: number) => (unread === 0 ? 'Notices' : `Notices, ${wholeNumber(unread)} unread`),
  failed: 'The notices could not be loaded',
  none: 'No notices. Exports, answers, what colleagues share and matches to review appear here.',
  unread: 'New',
  markRead: 'Mark all as read',
  markFailed: 'The notices could not be marked as read.',
  'export-complete': (job: string) => `Export complete – ${job}`,
  'export-failed': (job: string) => `Export was not picked up – ${job}`,
  shared: (by: string) => `– ${by} asks for your review`,
  reply: 'Answered your message',
  matches: (count: number) =>
    count === 1 ? '1 match waits for review' : `${upTo(MOST_WAITING, count)} matches wait for review`,
  actions: {
    'integration-requested': (by: string) => `${by} asked for an integration`,
    'integration-on': (by: string) => `${by} switched on an integration`,
    'integration-off': (by: string) => `${by} switched off an integration`,
    'integration-removed': (by: string) => `${by} removed a request for an integration`,
  } satisfies Record<NoticedAction, (by: string) => string>,
} as const;

export const words = inLanguage('notices', en);
export type NoticeWords = typeof en;
