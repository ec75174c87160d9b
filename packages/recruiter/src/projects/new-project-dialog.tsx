import { Dialog } from '@base-ui/react/dialog';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type SubmitEvent, useId, useRef, useState } from 'react';
import button from '../elements/button.module.css';
import { DialogHeading } from '../elements/dialog-heading.tsx';
import field from '../elements/field.module.css';
import overlay from '../elements/overlay.module.css';
import { say } from '../shell/notice.ts';
import css from './form.module.css';
import { createProject, refreshProjects } from './queries.ts';
import { words as all } from './words.ts';

const words = all.create;
const MOST = 120;

export function NewProjectDialog({ company, close }: { company: string; close(): void }) {
  const ids = { title: useId(), company: useId(), place: useId(), problem: useId() };
  const [isPrivate, setPrivate] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const first = useRef<HTMLInputElement>(null);
  const client = useQueryClient();
  const navigate = useNavigate();

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy) return;
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const title = text('title');
    if (title === '') {
      setProblem(words.missing);
      first.current?.focus();
      return;
    }
    setBusy(true);
    try {
      const { id } = await createProject({
        title,
        company: text('company'),
        place: text('place'),
        isPrivate,
      });
      say(words.created(title));
      void refreshProjects(client);
      close();
      await navigate({ to: '/projects/$id', params: { id } });
    } catch {
      setBusy(false);
      setProblem(words.failed);
    }
  };

  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={overlay.veil} />
        <Dialog.Popup className={overlay.dialog} initialFocus={first}>
          <DialogHeading title={words.title} closeLabel={all.move.close} />
          <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
            <div className={field.field}>
              <label className={field.label} htmlFor={ids.title}>
                {words.name}
              </label>
              <input
                ref={first}
                id={ids.title}
                className={field.input}
                name="title"
                maxLength={MOST}
                autoComplete="off"
                placeholder={words.nameHint}
                aria-invalid={problem !== null || undefined}
                aria-describedby={problem === null ? undefined : ids.problem}
                onChange={() => setProblem(null)}
              />
              {problem && (
                <p id={ids.problem} className={css.problem} role="alert">
                  {problem}
                </p>
              )}
            </div>
            <div className={css.pair}>
              <div className={field.field}>
                <label className={field.label} htmlFor={ids.company}>
                  {words.company}
                </label>
                <input
                  id={ids.company}
                  className={field.input}
                  name="company"
                  maxLength={MOST}
                  defaultValue={company}
                  autoComplete="off"
                />
              </div>
              <div className={field.field}>
                <label className={field.label} htmlFor={ids.place}>
                  {words.place}
                </label>
                <input
                  id={ids.place}
                  className={field.input}
                  name="place"
                  maxLength={MOST}
                  autoComplete="off"
                  placeholder={words.optional}
                />
              </div>
            </div>
            <Visibility isPrivate={isPrivate} setPrivate={setPrivate} />
            <div className={css.actions}>
              <Dialog.Close className={button.button}>{words.cancel}</Dialog.Close>
              <button
                type="submit"
                className={`${button.button} ${button.primary}`}
                aria-disabled={isBusy || undefined}
              >
                {isBusy ? words.busy : words.submit}
              </button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

export function Visibility({
  isPrivate,
  setPrivate,
  isFixed = false,
}: {
  isPrivate: boolean;
  setPrivate(isPrivate: boolean): void;
  /** True for who may not change it. */
  isFixed?: boolean;
}) {
  const name = useId();
  return (
    <fieldset>
      <legend className={field.label}>{words.visibility}</legend>
      {[false, true].map((value) => (
        <label key={String(value)} className={css.radioLine}>
          <input
            type="radio"
            className={css.radio}
            name={name}
            checked={isPrivate === value}
            disabled={isFixed}
            onChange={() => setPrivate(value)}
          />
          {value ? words.private : words.public}
        </label>
      ))}
    </fieldset>
  );
}
