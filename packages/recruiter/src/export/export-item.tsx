import { Menu } from '@base-ui/react/menu';
import type { PersonRow, ProjectPage } from '@carrick/protocol/recruiter';
import { useQuery } from '@tanstack/react-query';
import { useRouteContext } from '@tanstack/react-router';
import { type RefObject, useState } from 'react';
import { profileQuery } from '../api/queries.ts';
import button from '../elements/button.module.css';
import overlay from '../elements/overlay.module.css';
import { messages } from '../messages.ts';
import { announce } from '../shell/announcer.tsx';
import { exportPersonOf } from './export-person.ts';
import { openExport } from './open-export.ts';

const words = messages.export;

/** The first of a person's actions; where the person does not allow it, why not. Nothing on a contract without export. */
export function ExportItem({
  person,
  opener,
  project,
}: {
  person: PersonRow;
  opener: RefObject<HTMLElement | null>;
  project?: Pick<ProjectPage, 'job'> | undefined;
}) {
  const { me } = useRouteContext({ from: '/shell' });
  const [isExplained, setExplained] = useState(false);
  if (me.exportAtss.length === 0) return null;
  if (person.isExportable) {
    return (
      <Menu.Item
        className={overlay.item}
        onClick={() =>
          openExport([exportPersonOf(person)], {
            opener: opener.current,
            job: project?.job ? { atsNo: project.job.ats.atsNo, jobId: project.job.jobId } : null,
          })
        }
      >
        <span className={overlay.mark} />
        {words.action(me.exportLabel)}
      </Menu.Item>
    );
  }
  return (
    <Menu.Item
      className={overlay.item}
      closeOnClick={false}
      onClick={() => {
        setExplained(true);
        announce(words.whyNotReason);
      }}
    >
      <span className={overlay.mark} />
      {isExplained ? words.whyNotReason : words.whyNot}
    </Menu.Item>
  );
}

/** The same as a button, where a page has nothing else to offer. */
export function ExportButton({ personId }: { personId: string }) {
  const { me } = useRouteContext({ from: '/shell' });
  const { data: person } = useQuery(profileQuery(personId));
  if (me.exportAtss.length === 0 || !person?.isExportable) return null;
  return (
    <button type="button" className={button.button} onClick={() => openExport([exportPersonOf(person)])}>
      {words.action(me.exportLabel)}
    </button>
  );
}
