import { Popover } from '@base-ui/react/popover';
import type { ExportAts, ExportOptions } from '@carrick/protocol/exports';
import button from '../elements/button.module.css';
import { exactTime } from '../elements/moment.ts';
import overlay from '../elements/overlay.module.css';
import css from './export-dialog.module.css';
import { mailTo } from './mail-to.ts';
import { words } from './words.ts';

/** Why a job may be absent, and whom to ask. Never how many are hidden. */
export function MissingJobs({ ats, admins }: { ats: ExportAts; admins: ExportOptions['admins'] }) {
  return (
    <Popover.Root>
      <Popover.Trigger className={`${button.text} ${css.missing}`}>{words.missingJobs}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className={overlay.layer} align="start" sideOffset={6}>
          <Popover.Popup className={`${overlay.card} ${css.why}`}>
            <Popover.Title className={css.whyTitle}>{words.missingJobs}</Popover.Title>
            <ul className={css.reasons}>
              <li>{words.whyOnlyOpen}</li>
              <li>{words.whyAllowed(ats.name)}</li>
              <li>{words.whyDelay}</li>
            </ul>
            <p>
              {ats.jobsSyncedAt === null
                ? words.neverSynced
                : words.lastSync(words.jobs(ats.openJobs), exactTime(ats.jobsSyncedAt))}
            </p>
            {admins.length > 0 && (
              <a
                className={button.button}
                href={mailTo(admins, words.askSubject(ats.name), words.askBody(ats.name))}
              >
                {words.tellAdmin}
              </a>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
