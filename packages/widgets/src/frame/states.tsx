import type { ComponentChildren } from 'preact';
import { ApiFailure } from './api.ts';
import type { FrameWords } from './words.ts';

/** The final geometry, empty: shown from the first moment, its sentence for those who hear it. */
export function Loading({ words }: { words: FrameWords }) {
  return (
    <div class="card" aria-busy="true">
      <p class="hearable">{words.loading}</p>
      <div class="bone" style={{ inlineSize: '40%' }} />
      <div class="bone" />
      <div class="bone" style={{ inlineSize: '70%' }} />
    </div>
  );
}

interface NoticeProps {
  readonly children: ComponentChildren;
  /** Whether it has to be said at once. */
  readonly isAlert?: boolean;
  readonly action?: { readonly label: string; run(): void };
}

export function Notice({ children, isAlert = false, action }: NoticeProps) {
  return (
    <div class="card notice" role={isAlert ? 'alert' : undefined}>
      <p>{children}</p>
      {action && (
        <button type="button" class="button" onClick={action.run}>
          {action.label}
        </button>
      )}
    </div>
  );
}

/** What went wrong, in a sentence. */
export function explain(error: unknown, words: FrameWords): string {
  if (!(error instanceof ApiFailure)) throw error;
  switch (error.code) {
    case 'UNREACHABLE':
      return words.unreachable;
    case 'WIDGET_BAD_CONTEXT':
      return words.badContext;
    case 'WIDGET_OFF':
      return words.notEnabled;
    default:
      return error.message || words.failed;
  }
}
