import { Dialog } from '@base-ui/react/dialog';
import type { PipelinePerson, ProjectPage } from '@carrick/protocol/recruiter';
import { useRef } from 'react';
import { DialogHeading } from '../elements/dialog-heading.tsx';
import { CheckIcon } from '../elements/icons.tsx';
import overlay from '../elements/overlay.module.css';
import css from './move-dialog.module.css';
import { words as all } from './words.ts';

const words = all.move;

interface MoveDialogProps {
  project: ProjectPage;
  /** As the viewer saw it when asking: whoever is faster meanwhile is not overwritten. */
  entry: PipelinePerson;
  move(stageNo: number): Promise<void>;
  close(): void;
}

/** The way to move somebody without dragging: the stages as a list, walked by the arrow keys. */
export function MoveDialog({
  project: { stages },
  entry: { person, stageNo },
  move,
  close,
}: MoveDialogProps) {
  const list = useRef<HTMLUListElement>(null);
  const next =
    stages[stages.findIndex(({ no }) => no === stageNo) + 1]?.no ??
    stages.find(({ no }) => no !== stageNo)?.no;
  // Closed at once: the notice tells what became of it, and what opens meanwhile is not closed by a late answer.
  const choose = (no: number) => {
    close();
    void move(no);
  };
  const step = (by: 1 | -1) => {
    const choices = [...(list.current?.querySelectorAll<HTMLElement>('button') ?? [])];
    const at = choices.findIndex((choice) => choice.contains(document.activeElement));
    choices[(at + by + choices.length) % choices.length]?.focus();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={overlay.veil} />
        <Dialog.Popup
          className={`${overlay.dialog} ${css.dialog}`}
          initialFocus={() => list.current?.querySelector<HTMLElement>('[data-next]') ?? true}
        >
          <DialogHeading title={words.title(person.name)} closeLabel={words.close} />
          <ul
            ref={list}
            className={css.list}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
              event.preventDefault();
              step(event.key === 'ArrowDown' ? 1 : -1);
            }}
          >
            {stages.map(({ no, name }) => (
              <li key={no}>
                <button
                  type="button"
                  className={css.choice}
                  aria-current={no === stageNo || undefined}
                  data-next={no === next || undefined}
                  onClick={() => choose(no)}
                >
                  <span className={css.mark}>{no === stageNo && <CheckIcon />}</span>
                  <span>{name}</span>
                  {no === stageNo && <span className={css.here}>{words.here}</span>}
                </button>
              </li>
            ))}
          </ul>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
