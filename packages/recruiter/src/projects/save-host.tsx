import { lazy, Suspense, useSyncExternalStore } from 'react';
import { peopleToSave, subscribeSave } from './open-save.ts';

const SaveDialog = lazy(async () => ({ default: (await import('./save-dialog.tsx')).SaveDialog }));

/** Where "Save to project" opens, whatever page it is asked for on; its code loads with the first use. */
export function SaveHost() {
  const people = useSyncExternalStore(subscribeSave, peopleToSave);
  return (
    people && (
      <Suspense>
        <SaveDialog key={people.map(({ id }) => id).join()} people={people} />
      </Suspense>
    )
  );
}
