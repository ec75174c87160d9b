import { useState } from 'react';
import { RequestFailure } from '../api/request.ts';
import { words } from './words.ts';

/** One saving at a time; why it failed is said where it was asked for. */
export function useSaving() {
  const [problem, say] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const run = (save: () => Promise<unknown>): void => {
    if (isSaving) return;
    say(null);
    setSaving(true);
    save()
      .catch((error: unknown) => {
        const isRefused = error instanceof RequestFailure && error.status >= 400 && error.status < 500;
        say(isRefused ? error.message : words.notSaved);
      })
      .finally(() => setSaving(false));
  };
  return { problem, isSaving, run, say };
}
