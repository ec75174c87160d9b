import { lazy, Suspense } from 'react';
import { useOpenedExport } from './open-export.ts';

const ExportDialog = lazy(async () => ({ default: (await import('./export-dialog.tsx')).ExportDialog }));

/** The dialog stands above every page and is loaded when it is first opened. */
export function ExportHost() {
  const opened = useOpenedExport();
  if (!opened) return null;
  return (
    <Suspense>
      <ExportDialog key={opened.key} opened={opened} />
    </Suspense>
  );
}
