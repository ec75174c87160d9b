import type { Me, PersonRow } from '@carrick/protocol/recruiter';
import type { ComponentType } from 'react';
import { openActivity } from '../activities/open-activity.ts';
import { openComposer } from '../conversations/open-composer.ts';
import button from '../elements/button.module.css';
import { exportPersonOf } from '../export/export-person.ts';
import { openExport } from '../export/open-export.ts';
import { messages } from '../messages.ts';
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
}[] = [
  { id: 'save', Action: SaveAction },
  { id: 'export', Action: ExportAction },
  { id: 'message', Action: MessageAction },
  { id: 'tag', Action: TagAction },
];

function SaveAction({ people }: SelectionActionProps) {
  return (
    <button type="button" className={`${button.button} ${button.primary}`} onClick={() => openSave(people)}>
      {words.save.action}
    </button>
  );
}

function ExportAction({ people, me }: SelectionActionProps) {
  if (me.exportAtss.length === 0 || !people.some(({ isExportable }) => isExportable)) return null;
  return (
    <button type="button" className={button.button} onClick={() => openExport(people.map(exportPersonOf))}>
      {messages.export.action(me.exportLabel)}
    </button>
  );
}

function MessageAction({ people }: SelectionActionProps) {
  return (
    <button type="button" className={button.button} onClick={() => openComposer(people)}>
      {messages.person.message}
    </button>
  );
}

function TagAction({ people }: SelectionActionProps) {
  return (
    <button
      type="button"
      className={button.button}
      onClick={({ currentTarget }) => openActivity('tag', people, currentTarget)}
    >
      {messages.person.add.tag}
    </button>
  );
}
