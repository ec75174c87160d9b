import { Dialog } from '@base-ui/react/dialog';
import type { ErasureAsked, ErasureRequest } from '@carrick/protocol/erasures';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { request } from '../api/request.ts';
import button from '../elements/button.module.css';
import { DialogHeading } from '../elements/dialog-heading.tsx';
import overlay from '../elements/overlay.module.css';
import { placeName, words } from './erasure-words.ts';
import { useChange } from './queries.ts';
import { Region } from './region.tsx';
import css from './switch-dialog.module.css';

export interface Erasable {
  readonly name: string;
  readonly request: ErasureRequest;
}

/** What would go, counted; erased when a person says so. */
export function EraseDialog({ chosen, close }: { chosen: Erasable | null; close(): void }) {
  return (
    <Dialog.Root open={chosen !== null} onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={overlay.veil} />
        <Dialog.Popup className={`${overlay.dialog} ${css.dialog}`}>
          {chosen && <EraseForm chosen={chosen} close={close} />}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function EraseForm({ chosen, close }: { chosen: Erasable; close(): void }) {
  const { change, isBusy } = useChange();
  const [isSure, setSure] = useState(false);
  const asked = useQuery({
    queryKey: ['erasure-asked', chosen.request],
    // Asking stores a request: once, and not again because a window got the focus.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    queryFn: () => request<ErasureAsked>('/app/api/admin/erasures', { method: 'POST', body: chosen.request }),
  });
  const isReady = isSure && asked.data !== undefined && !isBusy;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isReady) return;
    if (await change('admin/erasures/confirm', { id: asked.data.id }, words.confirmed)) close();
  };
  return (
    <form className={css.form} onSubmit={(event) => void submit(event)}>
      <DialogHeading title={words.title(chosen.name)} closeLabel={words.close} />
      <Dialog.Description className={css.text}>{words.text}</Dialog.Description>
      <Region query={asked}>
        {({ counts, also }) => (
          <section aria-label={words.counts}>
            <ul data-testid="erasure-counts">
              {Object.entries(counts).map(([place, rows]) => (
                <li key={place}>{words.count(placeName(place), rows)}</li>
              ))}
            </ul>
            {also.length > 0 && <p className={css.text}>{words.also(also.map(placeName))}</p>}
          </section>
        )}
      </Region>
      <label className={css.choice}>
        <input type="checkbox" checked={isSure} onChange={(event) => setSure(event.target.checked)} />
        <span className={css.name}>{words.sure}</span>
      </label>
      <div className={css.actions}>
        <Dialog.Close className={button.button}>{words.cancel}</Dialog.Close>
        <button
          type="submit"
          className={`${button.button} ${css.danger}`}
          aria-disabled={!isReady || undefined}
        >
          {words.confirm}
        </button>
      </div>
    </form>
  );
}
