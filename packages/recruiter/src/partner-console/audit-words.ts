import type { PartnerAction } from '@carrick/protocol/partner-console';
import { inLanguage } from '../language.ts';

/** The words of the console's audit log. */
const en = {
  title: 'Audit log',
  lead: 'What was done in this console, by whom and when. What your systems did stands in the request log.',
  empty: 'Nothing was done here yet',
  csv: 'Download as CSV',
  own: 'Your application',
  actions: {
    'customer-added': 'Customer added',
    'origins-changed': 'Origins changed',
    'redirects-changed': 'Redirect addresses changed',
    'secret-rotated': 'New secret made',
    'own-secret-rotated': 'New secret made for your application',
    'test-event-sent': 'Test event sent',
  } satisfies Record<PartnerAction, string>,
  added: (addresses: string) => `added ${addresses}`,
  removed: (addresses: string) => `removed ${addresses}`,
  overlap: (hours: number) =>
    hours === 0
      ? 'the old one ended at once'
      : hours === 1
        ? 'the old one stayed good for an hour'
        : `the old one stayed good for ${hours} hours`,
  outcome: (outcome: string) => `answer: ${outcome}`,
  foreignId: (id: string) => `your id ${id}`,
};

export type AuditWords = typeof en;
export const words = inLanguage('partnerAudit', en);
