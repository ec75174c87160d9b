import type { Me, PersonRow } from '@carrick/protocol/recruiter';
import type { ComponentType } from 'react';
import button from '../elements/button.module.css';
import { openSave } from '../projects/open-save.ts';
import { words } from '../projects/words.ts';

export interface SelectionActionProps {
  people: readonly PersonRow[];
  me: Me;
}

/** What can be done with several people at once. A feature joins with its button, which draws nothing where it does not apply. */
export const SELECTION_ACTIONS: readonly {
  readonly id: string;
  readonly Action: ComponentType<SelectionActionProps>;
}[] = [{ id: 'save', Action: SaveAction }];

function SaveAction({ people }: SelectionActionProps) {
  return (
    <button type="button" className={`${button.button} ${button.primary}`} onClick={() => openSave(people)}>
      {words.save.action}
    </button>
  );
}
