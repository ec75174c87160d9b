import { lazy, Suspense } from 'react';
import { useOpenedActivity } from './open-activity.ts';

const ActivityDialog = lazy(async () => ({
  default: (await import('./activity-dialog.tsx')).ActivityDialog,
}));

/** Notes and tags are written above every page; their dialog is loaded when it is first opened. */
export function ActivityHost() {
  const opened = useOpenedActivity();
  if (!opened) return null;
  return (
    <Suspense>
      <ActivityDialog opened={opened} />
    </Suspense>
  );
}
