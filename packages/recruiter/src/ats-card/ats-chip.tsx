import { Popover } from '@base-ui/react/popover';
import type { Ats } from '@carrick/protocol/recruiter';
import { useRef, useState } from 'react';
import { Knot } from '../elements/icons.tsx';
import overlay from '../elements/overlay.module.css';
import { messages } from '../messages.ts';
import { AtsCard } from './ats-card.tsx';
import css from './ats-chip.module.css';
import { nameAts } from './name-ats.ts';

const OPEN_MS = 300;
const CLOSE_MS = 150;

interface AtsChipProps {
  personId: string;
  name: string;
  atss: readonly Ats[];
  /** What stands for several. */
  atsLabel: string;
}

/**
 * "In {ATS}": says that the ATS knows this person, and opens the card that says what. A button whose popover also
 * opens on hover, rather than a hover card: the card holds links, and must open for keys and fingers too.
 */
export function AtsChip({ personId, name, atss, atsLabel }: AtsChipProps) {
  const [isOpen, setOpen] = useState(false);
  const viewAll = useRef<HTMLAnchorElement>(null);
  const isLeft = useRef(false);
  const isByHover = useRef(false);
  if (atss.length === 0) return null;
  const label = nameAts(atss, atsLabel);
  const chip = atss.length === 1 ? messages.ats.chip(label) : messages.ats.chipSeveral(label, atss.length);
  // The focus goes to what is opened, not back to the chip.
  const leave = () => {
    isLeft.current = true;
    setOpen(false);
  };
  return (
    <Popover.Root
      open={isOpen}
      onOpenChange={(opens, details) => {
        // Who presses what resting has just opened wants it open: it stays, and the next press closes it.
        if (!opens && details.reason === 'trigger-press' && isByHover.current) {
          isByHover.current = false;
          details.cancel();
          return;
        }
        isByHover.current = opens && details.reason === 'trigger-hover';
        isLeft.current = false;
        setOpen(opens);
      }}
    >
      <Popover.Trigger
        className={css.chip}
        openOnHover
        delay={OPEN_MS}
        closeDelay={CLOSE_MS}
        aria-label={messages.ats.chipFor(chip, name)}
        data-testid="in-ats"
      >
        <Knot size={14} />
        <span className={css.label}>{chip}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner
          className={overlay.layer}
          side="bottom"
          align="start"
          sideOffset={6}
          collisionPadding={8}
        >
          <Popover.Popup
            className={`${overlay.card} ${css.popup}`}
            finalFocus={() => !isLeft.current}
            initialFocus={(type) => (type === 'keyboard' ? viewAll.current : false)}
          >
            <AtsCard personId={personId} label={label} viewAll={viewAll} leave={leave} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
