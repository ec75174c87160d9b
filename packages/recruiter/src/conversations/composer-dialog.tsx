import { Dialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { useDelayed } from '../elements/delayed.ts';
import { DialogHeading } from '../elements/dialog-heading.tsx';
import { Failure } from '../elements/failure.tsx';
import overlay from '../elements/overlay.module.css';
import css from './composer.module.css';
import { ComposerForm } from './composer-form.tsx';
import { closeComposer, type OpenedComposer } from './open-composer.ts';
import { personMessagesQuery } from './queries.ts';
import { WhatWeKnow } from './what-we-know.tsx';
import { words } from './words.ts';

export function ComposerDialog({ opened }: { opened: OpenedComposer }) {
  const { people, opener } = opened;
  const [first] = people;
  const only = people.length === 1 ? (first ?? null) : null;
  // What the form saves before it goes; it knows what was typed last.
  const leave = useRef<() => void>(() => {});
  return (
    <Dialog.Root
      open
      onOpenChange={(open) => {
        if (open) return;
        leave.current();
        closeComposer();
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={overlay.veil} />
        <Dialog.Popup
          className={`${overlay.dialog} ${css.dialog}`}
          finalFocus={() => opener ?? true}
          data-testid="composer"
        >
          <DialogHeading
            title={only ? words.title([only.name]) : words.titleMany(people.length)}
            closeLabel={words.close}
          />
          {only ? (
            <ToOne opened={opened} personId={only.id} leave={leave} />
          ) : (
            <ComposerForm opened={opened} known={null} leave={leave} />
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface ToOneProps {
  opened: OpenedComposer;
  personId: string;
  leave: { current: () => void };
}

/** The form waits for the draft: it must not be overwritten by a late answer. */
function ToOne({ opened, personId, leave }: ToOneProps) {
  const { data, error, isPending, refetch } = useQuery({ ...personMessagesQuery(personId), staleTime: 0 });
  const isWaiting = useDelayed(isPending);
  if (error && !data)
    return <Failure title={words.composerFailed} error={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <div
        className={css.skeleton}
        aria-busy="true"
        data-shown={isWaiting || undefined}
        data-testid="skeleton"
      >
        <span />
        <span />
        <span />
      </div>
    );
  return (
    <div className={css.columns}>
      <ComposerForm opened={opened} known={data} leave={leave} />
      <WhatWeKnow known={data} />
    </div>
  );
}
