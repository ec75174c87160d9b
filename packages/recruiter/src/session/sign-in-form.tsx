import type { Me, SignInAnswer, SignInRequest } from '@carrick/protocol/recruiter';
import { type FormEvent, useId, useRef, useState } from 'react';
import { RequestFailure, request } from '../api/request.ts';
import button from '../elements/button.module.css';
import { ForwardIcon, WarningIcon } from '../elements/icons.tsx';
import { messages } from '../messages.ts';
import { EmailField, PasswordField } from './sign-in-fields.tsx';
import css from './sign-in-form.module.css';

const words = messages.signIn;
type Seats = Extract<SignInAnswer, { status: 'choose-contract' }>['seats'];

interface SignInFormProps {
  onSignedIn(me: Me): void;
  /** Known already when a session is taken up again. */
  email?: string;
}

/** E-mail and password; then, with seats on several contracts, the choice of one. */
export function SignInForm({ onSignedIn, email: knownEmail = '' }: SignInFormProps) {
  const [email, setEmail] = useState(knownEmail);
  const [password, setPassword] = useState('');
  const [seats, setSeats] = useState<Seats>();
  const [refusal, setRefusal] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const passwordField = useRef<HTMLInputElement>(null);

  const signIn = async (seatId?: string) => {
    if (isBusy) return;
    if (!email.trim() || !password) return setRefusal(words.missing);
    setBusy(true);
    setRefusal(undefined);
    try {
      const body: SignInRequest = { email: email.trim(), password, ...(seatId !== undefined && { seatId }) };
      const answer = await request<SignInAnswer>('/app/api/sign-in', {
        method: 'POST',
        body,
        isAnonymous: true,
      });
      if (answer.status === 'signed-in') onSignedIn(answer.me);
      else setSeats(answer.seats);
    } catch (error) {
      setSeats(undefined);
      setRefusal(explainRefusal(error));
      passwordField.current?.select();
    } finally {
      setBusy(false);
    }
  };

  if (seats) {
    const restart = () => {
      setSeats(undefined);
      setPassword('');
    };
    return (
      <ContractChoice seats={seats} isBusy={isBusy} choose={(id) => void signIn(id)} restart={restart} />
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void signIn();
  };
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <Refusal text={refusal} />
      <EmailField
        value={email}
        onChange={setEmail}
        isKnown={knownEmail !== ''}
        isInvalid={refusal !== undefined}
      />
      <PasswordField
        value={password}
        onChange={setPassword}
        field={passwordField}
        takesFocus={knownEmail !== ''}
        isInvalid={refusal !== undefined}
      />
      <button
        type="submit"
        className={`${button.button} ${button.primary} ${css.submit}`}
        aria-disabled={isBusy || undefined}
      >
        {isBusy ? words.busy : words.submit}
      </button>
    </form>
  );
}

function ContractChoice(props: {
  seats: Seats;
  isBusy: boolean;
  choose(seatId: string): void;
  restart(): void;
}) {
  const heading = useId();
  return (
    <section className={css.form} aria-labelledby={heading}>
      <div>
        <h2 id={heading} className={css.choice} tabIndex={-1} ref={(element) => element?.focus()}>
          {words.choose}
        </h2>
        <p className={css.hint}>{words.chooseHint}</p>
      </div>
      <ul className={css.seats}>
        {props.seats.map(({ seatId, contract, organisation }) => (
          <li key={seatId}>
            <button
              type="button"
              className={css.seat}
              aria-disabled={props.isBusy || undefined}
              onClick={() => props.choose(seatId)}
            >
              <span>
                <strong className={css.contract}>{contract}</strong>
                <span className={css.organisation}>{organisation}</span>
              </span>
              <ForwardIcon />
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className={button.text} onClick={props.restart}>
        {words.otherPerson}
      </button>
    </section>
  );
}

/** Always in the page, so that what appears in it is read out. */
function Refusal({ text }: { text: string | undefined }) {
  return (
    <div role="alert">
      {text && (
        <p className={css.refusal}>
          <WarningIcon />
          {text}
        </p>
      )}
    </div>
  );
}

function explainRefusal(error: unknown): string {
  if (!(error instanceof RequestFailure)) throw error;
  switch (error.status) {
    case 400:
    case 401:
      return words.refused;
    case 403:
      return words.noSeat;
    case 429:
      return words.tooMany;
    case 0:
      return messages.states.offline;
    default:
      return [messages.states.broken, error.requestId && `${messages.states.requestId}: ${error.requestId}`]
        .filter(Boolean)
        .join(' ');
  }
}
