import { lazy, Suspense } from 'react';
import { useOpenedComposer } from './open-composer.ts';

const ComposerDialog = lazy(async () => ({
  default: (await import('./composer-dialog.tsx')).ComposerDialog,
}));

/** The composer stands above every page and is loaded when it is first opened. */
export function ComposerHost() {
  const opened = useOpenedComposer();
  if (!opened) return null;
  return (
    <Suspense>
      <ComposerDialog key={opened.key} opened={opened} />
    </Suspense>
  );
}
