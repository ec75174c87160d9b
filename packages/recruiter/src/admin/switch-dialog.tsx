import { Dialog } from '@base-ui/react/dialog';
import type { AdminAts, AdminIntegration, SwitchAnswer } from '@carrick/protocol/administration';
import { type FormEvent, useId, useState } from 'react';
import button from '../elements/button.module.css';
import { DialogHeading } from '../elements/dialog-heading.tsx';
import overlay from '../elements/overlay.module.css';
import { useChange } from './queries.ts';
import { type LevelName, SharedData } from './shared-data.tsx';
import css from './switch-dialog.module.css';
import { words } from './words.ts';

interface SwitchDialogProps {
  readonly ats: AdminAts;
  readonly level: LevelName;
  readonly asked: { readonly integrations: readonly AdminIntegration[]; readonly isOn: boolean } | null;
  close(): void;
}

/** Asks before data flows, and before it stops. */
export function SwitchDialog({ asked, close, ...rest }: SwitchDialogProps) {
  return (
    <Dialog.Root open={asked !== null} onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={overlay.veil} />
        <Dialog.Popup className={`${overlay.dialog} ${css.dialog}`}>
          {asked && <SwitchForm asked={asked} close={close} {...rest} />}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function SwitchForm({
  ats,
  level,
  asked,
  close,
}: SwitchDialogProps & { asked: NonNullable<SwitchDialogProps['asked']> }) {
  const { change, isBusy } = useChange();
  const [erases, setErases] = useState(false);
  const [typed, setTyped] = useState('');
  const { integrations, isOn } = asked;
  const names = integrations.map(({ type }) => words.integrations[type]).join(', ');
  const staysOn = ats.company.some(
    (each) => each.status === 'ENABLED' && !integrations.some(({ type }) => type === each.type),
  );
  const isLast = level === 'company' && !staysOn;
  const isReady = !erases || typed.trim() === ats.name;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy || !isReady) return;
    const body = {
      atsNo: ats.atsNo,
      isOn,
      integrations: integrations.map(({ type, contextUrn }) => ({ type, contextUrn })),
      ...(erases && { erase: typed.trim() }),
    };
    const isDone = await change<SwitchAnswer>('admin/integrations/switch', body, ({ erasedRecords }) =>
      erasedRecords !== null
        ? words.erased(erasedRecords)
        : isOn
          ? words.switchedOn(names)
          : words.switchedOff(names),
    );
    if (isDone) close();
  };
  return (
    <form className={css.form} onSubmit={(event) => void submit(event)}>
      <DialogHeading title={isOn ? words.onTitle(names) : words.offTitle(names)} closeLabel={words.close} />
      <Dialog.Description className={css.text}>
        {isOn ? words.onText(ats.name) : words.offText(ats.name)}
      </Dialog.Description>
      {isOn && <SharedData ats={ats.name} levels={[level]} />}
      {!isOn && level === 'company' && (
        <>
          <p className={css.text}>{isLast ? words.offLast(ats.name) : words.offKeepSyncing(ats.name)}</p>
          {isLast && <p className={css.text}>{words.offRest(ats.name)}</p>}
          {isLast && (
            <KeepOrErase ats={ats} erases={erases} choose={setErases} typed={typed} type={setTyped} />
          )}
        </>
      )}
      <div className={css.actions}>
        <Dialog.Close className={button.button}>{words.cancel}</Dialog.Close>
        <button
          type="submit"
          className={`${button.button} ${erases ? css.danger : button.primary}`}
          aria-disabled={isBusy || !isReady || undefined}
        >
          {isOn ? words.onConfirm : erases ? words.eraseConfirm : words.offConfirm}
        </button>
      </div>
    </form>
  );
}

interface KeepOrEraseProps {
  readonly ats: AdminAts;
  readonly erases: boolean;
  choose(erases: boolean): void;
  readonly typed: string;
  type(text: string): void;
}

function KeepOrErase({ ats, erases, choose, typed, type }: KeepOrEraseProps) {
  const id = useId();
  return (
    <fieldset className={css.choices}>
      <legend className={css.hidden}>{words.shared}</legend>
      {[false, true].map((value) => (
        <label key={String(value)} className={css.choice}>
          <input type="radio" name={id} checked={erases === value} onChange={() => choose(value)} />
          <span>
            <span className={css.name}>{value ? words.erase : words.keep}</span>
            <span className={css.text}>
              {value ? words.eraseHint(words.recordsOf(ats.records)) : words.keepHint}
            </span>
          </span>
        </label>
      ))}
      {erases && (
        <label className={css.typed}>
          {words.eraseType(ats.name)}
          <input
            className={css.input}
            value={typed}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => type(event.target.value)}
          />
        </label>
      )}
    </fieldset>
  );
}
