import type { Ats } from '@carrick/protocol/recruiter';
import { useState } from 'react';
import button from '../elements/button.module.css';
import { FindDialog } from './find-dialog.tsx';
import { useDecide } from './queries.ts';
import { RecordChoices } from './record-choices.tsx';
import { words as all } from './words.ts';

const words = all.findRecord;

interface FindRecordProps {
  person: { readonly id: string; readonly name: string };
  atsLabel: string;
  close(): void;
}

/** "Find this person in {ATS}": chooses the record that is theirs. */
export function FindRecord({ person, atsLabel, close }: FindRecordProps) {
  return (
    <FindDialog
      title={words.title(atsLabel)}
      hint={words.hint}
      searchLabel={all.unlinked.searchLabel}
      searchHint={all.unlinked.searchHint}
      start={person.name}
      close={close}
    >
      {(query) => <Records query={query} person={person} close={close} />}
    </FindDialog>
  );
}

function Records({ query, person, close }: Omit<FindRecordProps, 'atsLabel'> & { query: string }) {
  const decide = useDecide();
  const [busyWith, setBusyWith] = useState<string | null>(null);
  const link = async (ats: Ats, candidateId: string, record: string) => {
    if (busyWith !== null) return;
    setBusyWith(record);
    const isDone = await decide(
      { atsNo: ats.atsNo, candidateId, personId: person.id, verdict: 'LINK' },
      { record, person: person.name },
    );
    setBusyWith(null);
    if (isDone) close();
  };
  return (
    <RecordChoices
      query={query}
      standing={({ linkedTo }) =>
        linkedTo && (linkedTo.id === person.id ? words.isLinked : words.linkedTo(linkedTo.name))
      }
      action={({ ats, candidateId, name, linkedTo }) => {
        const record = all.review.record(ats.name, candidateId);
        if (linkedTo?.id === person.id) return null;
        return (
          <button
            type="button"
            className={button.button}
            aria-label={words.linkFor(`${name}, ${record}`)}
            aria-disabled={busyWith !== null || undefined}
            onClick={() => void link(ats, candidateId, record)}
          >
            {words.link}
          </button>
        );
      }}
    />
  );
}
