import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { profileQuery } from '../api/queries.ts';
import button from '../elements/button.module.css';
import { BackIcon, CloseIcon, ForwardIcon } from '../elements/icons.tsx';
import { useMediaQuery } from '../elements/media-query.ts';
import { messages } from '../messages.ts';
import { NarrowPane, WidePane } from './pane-frame.tsx';
import css from './person-pane.module.css';
import { PersonView } from './person-view.tsx';
import type { ProfileAddress } from './profile-address.ts';
import { words as all } from './words.ts';

const words = all.pane;

/** Where the person stands in the list, from 1, and how far one can walk in it. */
export interface PlaceInList {
  readonly place: number;
  readonly reach: number;
}

interface PersonPaneProps {
  personId: string;
  address: ProfileAddress;
  /** Null: the list does not hold the person (any more). */
  inList: PlaceInList | null;
  step(by: 1 | -1): void;
  close(): void;
  /** Where the focus belongs once the pane is closed. */
  opener(): HTMLElement | null;
}

/** A person beside the list that they were found in: the same as their page, and the way to the next one. */
export function PersonPane({ personId, address, inList, step, close, opener }: PersonPaneProps) {
  const name = useQuery(profileQuery(personId)).data?.name ?? messages.profile.tab;
  const isNarrow = useMediaQuery('(width < 900px)');
  const Frame = isNarrow ? NarrowPane : WidePane;
  return (
    <Frame personId={personId} label={name} close={close} opener={opener}>
      <div className={css.bar}>
        {inList && <Steps {...inList} step={step} />}
        <Link className={css.fullPage} to="/people/$id" params={{ id: personId }} search={address}>
          {words.fullPage}
        </Link>
        <button
          type="button"
          className={`${button.button} ${button.quiet} ${button.icon}`}
          aria-label={words.close}
          onClick={close}
        >
          <CloseIcon />
        </button>
      </div>
      <div className={css.person}>
        <PersonView
          key={personId}
          personId={personId}
          address={address}
          level="h2"
          wayOut={
            <button type="button" className={button.button} onClick={close}>
              {words.close}
            </button>
          }
        />
      </div>
    </Frame>
  );
}

function Steps({ place, reach, step }: PlaceInList & Pick<PersonPaneProps, 'step'>) {
  const isFirst = place === 1;
  const isLast = place === reach;
  return (
    <div className={css.steps}>
      {/* At an end the button stays where the focus is. */}
      <button
        type="button"
        className={`${button.button} ${button.icon}`}
        aria-label={words.previous}
        aria-disabled={isFirst || undefined}
        onClick={() => !isFirst && step(-1)}
      >
        <BackIcon />
      </button>
      <button
        type="button"
        className={`${button.button} ${button.icon}`}
        aria-label={words.next}
        aria-disabled={isLast || undefined}
        onClick={() => !isLast && step(1)}
      >
        <ForwardIcon />
      </button>
      <span className={css.place}>{words.place(place, reach)}</span>
    </div>
  );
}
