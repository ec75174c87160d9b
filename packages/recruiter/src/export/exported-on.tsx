import { useQuery } from '@tanstack/react-query';
import { day } from '../elements/moment.ts';
import { messages } from '../messages.ts';
import { labelOf } from './job-label.ts';
import { personExportsQuery } from './queries.ts';

const words = messages.export;

/** When anybody of the contract last exported the person with success; nothing where nobody did. */
export function ExportedOn({ personId }: { personId: string }) {
  const { data } = useQuery(personExportsQuery(personId));
  const newest = data?.exports.find(({ state }) => state === 'complete');
  if (!newest) return null;
  return (
    <li title={words.exportedBy(newest.exporter, labelOf(newest.job))} data-testid="exported-on">
      {words.exported(day(newest.fetchedAt ?? newest.exportedAt))}
    </li>
  );
}
