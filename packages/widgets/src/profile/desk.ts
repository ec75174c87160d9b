import type { WidgetDecided, WidgetDecideRequest } from '@carrick/protocol';
import type { Frame } from '../frame/start.tsx';
import type { Words } from './words.ts';

/** What was just done, for the one status line, and how to take it back. */
export interface Said {
  readonly text: string;
  readonly isAlert?: boolean;
  undo?(): Promise<void>;
}

/** What every part of the profile works with. */
export interface Desk {
  readonly frame: Frame;
  readonly words: Words;
  readonly ats: string;
  say(said: Said | null): void;
  reload(): Promise<void>;
  /** Does it and shows what came of it; a refusal is said and changes nothing. @returns whether it was done */
  attempt(work: () => Promise<void>): Promise<boolean>;
}

/** Says that the record is this person, or is not; tells the page, once, and once more when it is taken back. */
export async function decide(
  { frame, words, say, reload }: Desk,
  person: { readonly id: string; readonly name: string },
  verdict: WidgetDecideRequest['verdict'],
): Promise<void> {
  const { decisionNo, urn } = await frame.api.post<WidgetDecided>('profile/decide', {
    personId: person.id,
    verdict,
  });
  const [done, undone] =
    verdict === 'LINK' ? (['onlink', 'onunlink'] as const) : (['onunlink', 'onlink'] as const);
  frame.tell({ in: done, person: urn });
  say({
    text: verdict === 'LINK' ? words.linked(person.name) : words.unlinked(person.name),
    ...(decisionNo !== null && {
      async undo() {
        await frame.api.post('profile/undo', { decisionNo });
        frame.tell({ in: undone, person: urn });
        say({ text: words.undone });
        await reload();
      },
    }),
  });
  await reload();
}
