import type { WidgetDecided, WidgetDecideRequest, WidgetUndoable } from '@carrick/protocol';
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
  desk: Desk,
  person: { readonly id: string; readonly name: string },
  verdict: WidgetDecideRequest['verdict'],
): Promise<void> {
  const { decisionNo, urn } = await desk.frame.api.post<WidgetDecided>('profile/decide', {
    personId: person.id,
    verdict,
  });
  desk.frame.tell({ in: verdict === 'LINK' ? 'onlink' : 'onunlink', person: urn });
  offer(desk, { decisionNo, verdict, name: person.name, urn });
  await desk.reload();
}

/** Says what was decided, and for as long as it stands there the way back. */
export function offer(
  { frame, words, say, reload }: Desk,
  {
    decisionNo,
    verdict,
    name,
    urn,
  }: Omit<WidgetUndoable, 'decisionNo'> & { readonly decisionNo: number | null },
): void {
  say({
    text: verdict === 'LINK' ? words.linked(name) : words.unlinked(name),
    ...(decisionNo !== null && {
      async undo() {
        await frame.api.post('profile/undo', { decisionNo });
        frame.tell({ in: verdict === 'LINK' ? 'onunlink' : 'onlink', person: urn });
        say({ text: words.undone });
        await reload();
      },
    }),
  });
}
