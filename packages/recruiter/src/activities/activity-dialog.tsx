import { Dialog } from '@base-ui/react/dialog';
import { useQueryClient } from '@tanstack/react-query';
import { DialogHeading } from '../elements/dialog-heading.tsx';
import overlay from '../elements/overlay.module.css';
import { announce } from '../shell/announcer.tsx';
import { NoteForm } from './note-form.tsx';
import { closeActivity, type OpenedActivity } from './open-activity.ts';
import { changeActivities, tagPeople } from './queries.ts';
import { ShareForm } from './share-form.tsx';
import { TagForm } from './tag-form.tsx';
import { words } from './words.ts';

export function ActivityDialog({ opened: { kind, people, opener } }: { opened: OpenedActivity }) {
  const client = useQueryClient();
  const [first] = people;
  if (!first) return null;
  const titles = {
    note: words.noteTitle(first.name),
    tag: people.length === 1 ? words.tagTitle(first.name) : words.tagTitleMany(people.length),
    share: words.shareTitle(first.name),
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && closeActivity()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={overlay.veil} />
        <Dialog.Popup className={overlay.dialog} finalFocus={() => opener ?? true} data-testid="activity">
          <DialogHeading title={titles[kind]} closeLabel={words.close} />
          {kind === 'share' && <ShareForm person={first} close={closeActivity} />}
          {kind === 'note' && (
            <NoteForm
              isFocused
              save={async (note) => {
                await changeActivities(client, first.id, 'notes', note);
                announce(words.saved);
                closeActivity();
              }}
              cancel={closeActivity}
            />
          )}
          {kind === 'tag' && (
            <TagForm
              known={[]}
              isFocused
              add={async (tag) => {
                await tagPeople(
                  client,
                  people.map(({ id }) => id),
                  tag,
                );
                announce(words.tagged(tag));
                closeActivity();
              }}
            />
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
