import { type Facet, IN_ATS_FILTERS, type Me, type SearchAnswer } from '@carrick/protocol/recruiter';
import { type ReactNode, useId, useState } from 'react';
import { messages, roundNumber, wholeNumber } from '../messages.ts';
import css from './filter-panel.module.css';
import { narrow, type SearchAddress, toggled } from './search-address.ts';
import { Spotlights } from './spotlights.tsx';

const words = messages.search;
const SHOWN_FACETS = 6;

export interface FilterPanelProps {
  address: SearchAddress;
  answer: SearchAnswer | undefined;
  me: Me;
  go(address: SearchAddress): void;
}

export function FilterPanel({ address, answer, me, go }: FilterPanelProps) {
  return (
    <div className={css.panel}>
      <Group title={words.spotlights}>
        <Spotlights address={address} answer={answer} go={go} />
      </Group>
      {me.atss.length > 0 && (
        <Group title={words.inAts(me.atsLabel)}>
          <InAtsChoice address={address} go={go} />
        </Group>
      )}
      <Group title={words.titles}>
        <Facets
          facets={answer?.titles}
          chosen={address.title ?? []}
          toggle={(value) => go(narrow(address, { title: toggled(address.title, value) }))}
        />
      </Group>
      <Group title={words.locations}>
        <Facets
          facets={answer?.locations}
          chosen={address.location ?? []}
          toggle={(value) => go(narrow(address, { location: toggled(address.location, value) }))}
        />
      </Group>
    </div>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={css.group}>
      <legend className={css.title}>{title}</legend>
      {children}
    </fieldset>
  );
}

function InAtsChoice({ address, go }: Pick<FilterPanelProps, 'address' | 'go'>) {
  const name = useId();
  const chosen = address.inAts ?? 'any';
  return (
    <div className={css.segments}>
      {IN_ATS_FILTERS.map((value) => (
        <label key={value} className={css.segment}>
          <input
            type="radio"
            className={css.segmentInput}
            name={name}
            checked={chosen === value}
            onChange={() => {
              const { inAts: _, ...rest } = address;
              go(narrow(rest, value === 'any' ? {} : { inAts: value }));
            }}
          />
          {words.inAtsChoices[value]}
        </label>
      ))}
    </div>
  );
}

interface FacetsProps {
  facets: readonly Facet[] | undefined;
  chosen: readonly string[];
  toggle(value: string): void;
}

/** The chosen ones stay in sight, also when the results no longer hold them. */
function Facets({ facets, chosen, toggle }: FacetsProps) {
  const [isLong, setLong] = useState(false);
  if (!facets) return null;
  const missing = chosen.filter((value) => !facets.some((facet) => facet.value === value));
  const all: readonly Facet[] = [...missing.map((value) => ({ value, count: 0 })), ...facets];
  const shown = isLong
    ? all
    : all.filter(({ value }, index) => index < SHOWN_FACETS || chosen.includes(value));
  const hiddenCount = all.length - shown.length;
  if (all.length === 0) return <p className={css.none}>{words.noFacets}</p>;
  return (
    <>
      {shown.map(({ value, count }) => (
        <label key={value} className={css.option}>
          <input
            type="checkbox"
            className={css.box}
            checked={chosen.includes(value)}
            onChange={() => toggle(value)}
          />
          <span className={css.name} dir="auto" title={value}>
            {value}
          </span>
          <span className={css.count} title={wholeNumber(count)}>
            {roundNumber(count)}
          </span>
        </label>
      ))}
      {(hiddenCount > 0 || isLong) && all.length > SHOWN_FACETS && (
        <button type="button" className={css.more} aria-expanded={isLong} onClick={() => setLong(!isLong)}>
          {isLong ? words.showFewer : words.showMore(hiddenCount)}
        </button>
      )}
    </>
  );
}
