import { Dialog } from '@base-ui/react/dialog';
import button from '../elements/button.module.css';
import { CloseIcon, FilterIcon } from '../elements/icons.tsx';
import overlay from '../elements/overlay.module.css';
import { messages } from '../messages.ts';
import { FilterPanel, type FilterPanelProps } from './filter-panel.tsx';
import css from './filter-sheet.module.css';
import { filtersOf } from './search-address.ts';

const words = messages.search;

/** The same filters on a narrow screen, from below. */
export function FilterSheet(props: FilterPanelProps) {
  const count = filtersOf(props.address).filter(({ kind }) => kind !== 'q').length;
  return (
    <Dialog.Root>
      <Dialog.Trigger className={`${button.button} ${css.open}`}>
        <FilterIcon />
        {words.filters}
        {count > 0 && (
          <span className={css.count}>
            <span aria-hidden="true">{count}</span>
            <span className="visually-hidden">{words.filtersOn(count)}</span>
          </span>
        )}
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className={overlay.veil} />
        <Dialog.Popup className={css.sheet}>
          <div className={css.heading}>
            <Dialog.Title className={overlay.title}>{words.filters}</Dialog.Title>
            <Dialog.Close
              className={`${button.button} ${button.quiet} ${button.icon}`}
              aria-label={messages.keys.close}
            >
              <CloseIcon />
            </Dialog.Close>
          </div>
          <div className={css.content}>
            <FilterPanel {...props} />
          </div>
          <div className={css.foot}>
            <Dialog.Close className={`${button.button} ${button.primary} ${css.done}`}>
              {words.showPeople(props.answer?.total ?? 0)}
            </Dialog.Close>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
