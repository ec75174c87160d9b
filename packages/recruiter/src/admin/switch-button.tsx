import css from './switch-button.module.css';

interface SwitchButtonProps {
  readonly isOn: boolean;
  readonly label: string;
  readonly describedBy?: string;
  readonly isDisabled?: boolean;
  flip(): void;
}

/** What cannot be switched yet stays in the order of the keyboard, so that its reason is read out. */
export function SwitchButton({ isOn, label, describedBy, isDisabled = false, flip }: SwitchButtonProps) {
  return (
    <button
      type="button"
      role="switch"
      className={css.switch}
      aria-checked={isOn}
      aria-label={label}
      aria-describedby={describedBy}
      aria-disabled={isDisabled || undefined}
      onClick={() => !isDisabled && flip()}
    >
      <span className={css.knob} />
    </button>
  );
}
