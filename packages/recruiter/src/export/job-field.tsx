import { Combobox } from '@base-ui/react/combobox';
import type { ExportAts, ExportJob } from '@carrick/protocol/exports';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, type RefObject, useEffect, useId, useState } from 'react';
import button from '../elements/button.module.css';
import { CloseIcon } from '../elements/icons.tsx';
import overlay from '../elements/overlay.module.css';
import { dotted } from '../search/person-words.ts';
import css from './job-field.module.css';
import { labelOf } from './job-label.ts';
import { exportJobsQuery } from './queries.ts';
import { words } from './words.ts';

const PAUSE_MS = 250;
const nothing: readonly ExportJob[] = [];

interface JobFieldProps {
  ats: ExportAts;
  job: ExportJob | null;
  choose(job: ExportJob | null): void;
  input: RefObject<HTMLInputElement | null>;
  help: ReactNode;
}

/** A job by its title, id or code. What the ATS does not let the viewer see is not found. */
export function JobField({ ats, job, choose, input, help }: JobFieldProps) {
  const id = useId();
  const [text, setText] = useState(job ? labelOf(job) : '');
  const [isOpen, setOpen] = useState(false);
  const wanted = job && text === labelOf(job) ? '' : text.trim();
  const settled = useSettled(wanted);
  const { data, error, isPending, isPlaceholderData } = useQuery(exportJobsQuery(ats.atsNo, settled));
  // What was found for another text is not offered: Enter would choose it.
  const isLoading = !error && (isPending || isPlaceholderData || settled !== wanted);
  const jobs = (!isLoading && data?.jobs) || nothing;
  return (
    <div className={css.field}>
      <label className={css.label} htmlFor={id}>
        {words.job}
      </label>
      <Combobox.Root
        items={jobs}
        filter={null}
        value={job}
        onValueChange={choose}
        inputValue={text}
        onInputValueChange={(value, { reason }) => {
          // Base UI empties the field whenever the list closes, as it does when nothing is found: what was typed stays.
          if (reason !== 'input-clear') setText(value);
        }}
        open={isOpen && (isLoading || jobs.length > 0)}
        onOpenChange={setOpen}
        itemToStringLabel={(each: ExportJob) => labelOf(each)}
        isItemEqualToValue={(one, other) => one.id === other.id}
        autoHighlight
      >
        <div className={css.box}>
          <Combobox.Input
            ref={input}
            id={id}
            className={css.input}
            placeholder={words.jobHint}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' || (text === '' && !isOpen)) return;
              // First what was typed goes, then, with the next, the dialog.
              event.stopPropagation();
              event.preventBaseUIHandler();
              setText('');
              choose(null);
              setOpen(false);
            }}
          />
          {(text !== '' || job) && (
            <button
              type="button"
              className={`${button.button} ${button.quiet} ${button.icon} ${css.clear}`}
              aria-label={words.clearJob}
              onClick={() => {
                setText('');
                choose(null);
                input.current?.focus();
              }}
            >
              <CloseIcon />
            </button>
          )}
        </div>
        <Combobox.Portal>
          <Combobox.Positioner className={overlay.layer} sideOffset={4} align="start">
            <Combobox.Popup
              role="region"
              aria-label={words.jobsFound}
              className={`${overlay.menu} ${css.popup}`}
              aria-busy={isLoading}
            >
              <Combobox.Status className={css.status}>
                {isLoading ? words.searching : words.jobs(jobs.length)}
              </Combobox.Status>
              <Combobox.List className={css.list}>
                {(each: ExportJob) => (
                  <Combobox.Item key={each.id} value={each} className={`${overlay.item} ${css.option}`}>
                    <span className={css.name} dir="auto">
                      <Marked text={labelOf(each)} part={settled} />
                    </span>
                    <span className={css.place} dir="auto">
                      {dotted(each.code, each.location, words.open)}
                    </span>
                  </Combobox.Item>
                )}
              </Combobox.List>
            </Combobox.Popup>
          </Combobox.Positioner>
        </Combobox.Portal>
      </Combobox.Root>
      <p className={css.none} role="status">
        {error
          ? words.jobsFailed
          : !isLoading &&
            jobs.length === 0 &&
            (settled === '' ? words.noJobs(ats.name) : words.noMatch(settled))}
      </p>
      {help}
    </div>
  );
}

/** The part that was typed, marked where it stands first. */
function Marked({ text, part }: { text: string; part: string }) {
  const at = part === '' ? -1 : text.toLowerCase().indexOf(part.toLowerCase());
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark className={css.mark}>{text.slice(at, at + part.length)}</mark>
      {text.slice(at + part.length)}
    </>
  );
}

/** A text once nobody has typed for a moment; nothing typed holds at once. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), text === '' ? 0 : PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
