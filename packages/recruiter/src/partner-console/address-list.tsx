import { type FormEvent, useId, useState } from 'react';
import admin from '../admin/admin-page.module.css';
import button from '../elements/button.module.css';
import css from './partner-page.module.css';
import { useConsoleChange } from './queries.ts';
import { words } from './words.ts';

interface AddressListProps {
  readonly applicationId: number;
  readonly field: 'jsDomains' | 'redirectAddresses';
  readonly values: readonly string[];
  /** Why a text cannot be one of them; null when it can. The server asks the same. */
  problemOf(text: string): string | null;
  readonly labels: {
    readonly title: string;
    readonly hint: string;
    readonly add: string;
    readonly none: string;
  };
}

/** A list of addresses, each added and removed by itself; the wire replaces it whole. */
export function AddressList({ applicationId, field, values, problemOf, labels }: AddressListProps) {
  const { change, isBusy, refusal } = useConsoleChange();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const id = useId();
  const save = (next: readonly string[]) =>
    change<object>('customers/change', { applicationId, [field]: next }, words.saved);
  const add = async (event: FormEvent) => {
    event.preventDefault();
    const found = problemOf(text.trim());
    setProblem(found === null ? undefined : `${text.trim() || labels.add} ${found}.`);
    if (found === null && (await save([...values.filter((each) => each !== text.trim()), text.trim()])))
      setText('');
  };
  const said = problem ?? refusal;
  return (
    <section className={admin.card} aria-labelledby={`${id}-title`} data-testid={field}>
      <div className={admin.cardHead}>
        <div>
          <h2 className={admin.cardTitle} id={`${id}-title`}>
            {labels.title}
          </h2>
          <p className={admin.meta}>{labels.hint}</p>
        </div>
      </div>
      <div className={css.body}>
        {values.length === 0 && <p>{labels.none}</p>}
        <ul className={css.values}>
          {values.map((value) => (
            <li key={value} className={css.value}>
              <code className={css.code}>{value}</code>
              <button
                type="button"
                className={button.text}
                aria-label={words.removeOf(value)}
                onClick={() => void save(values.filter((each) => each !== value))}
              >
                {words.remove}
              </button>
            </li>
          ))}
        </ul>
        <form className={css.form} onSubmit={(event) => void add(event)} noValidate>
          <label>
            {labels.add}
            <input
              className={admin.input}
              value={text}
              inputMode="url"
              spellCheck={false}
              aria-invalid={said !== undefined || undefined}
              aria-describedby={`${id}-problem`}
              onChange={(event) => setText(event.target.value)}
            />
          </label>
          <button type="submit" className={button.button} aria-disabled={isBusy || undefined}>
            {words.addOne}
          </button>
          <p className={css.refusal} id={`${id}-problem`} role="alert">
            {said}
          </p>
        </form>
      </div>
    </section>
  );
}
