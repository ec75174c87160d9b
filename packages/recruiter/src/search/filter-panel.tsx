import {
  APPLIED_SPANS,
  type Facet,
  IN_ATS_FILTERS,
  type Me,
  type SearchAnswer,
} from '@carrick/protocol/recruiter';
import { type ReactNode, useId, useState } from 'react';
import { messages, roundNumber, wholeNumber } from '../messages.ts';
import css from './filter-panel.module.css';
import { narrow, type SearchAddress, toggled } from './search-address.ts';
import { Spotlights } from './spotlights.tsx';
import { words as own, stageName } from './words.ts';

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
        <Spotlights address={address} answer={answer} me={me} go={go} />
      </Group>
      {me.atss.length > 0 && (
        <Group title={words.inAts(me.atsLabel)}>
          <InAtsChoice address={address} counts={answer?.inAts} go={go} />
        </Group>
      )}
      {me.atss.length > 0 && <HistoryFilters address={address} answer={answer} go={go} />}
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

function InAtsChoice({
  address,
  counts,
  go,
}: Pick<FilterPanelProps, 'address' | 'go'> & { counts: SearchAnswer['inAts'] | undefined }) {
  const name = useId();
  const chosen = address.inAts ?? 'any';
  return (
    <div className={css.segments}>
      {IN_ATS_FILTERS.map((value) => (
        <label key={value} className={css.segment} title={counts && wholeNumber(counts[value])}>
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
          {counts && (
            <span className={css.count} data-testid={`in-ats-${value}`}>
              {roundNumber(counts[value])}
            </span>
          )}
        </label>
      ))}
    </div>
  );
}

/** What became of applications, as far as the viewer may see them. */
function HistoryFilters({ address, answer, go }: Pick<FilterPanelProps, 'address' | 'answer' | 'go'>) {
  const { stage = [], applied = [], reason = [] } = address;
  const known = (chosen: readonly string[], facets: readonly Facet[] | undefined) =>
    chosen.length > 0 || (facets !== undefined && facets.length > 0);
  return (
    <>
      {known(stage, answer?.stages) && (
        <Group title={own.stages}>
          <Facets
            facets={answer?.stages}
            chosen={stage}
            nameOf={stageName}
            toggle={(value) => go(narrow(address, { stage: toggled(stage, value) }))}
          />
        </Group>
      )}
      {known(applied, answer?.applied) && (
        <Group title={own.applied}>
          {APPLIED_SPANS.map((span) => (
            <Option
              key={span}
              name={own.appliedNames[span]}
              count={answer?.applied.find(({ value }) => value === span)?.count ?? 0}
              isChosen={applied.includes(span)}
              toggle={() => go(narrow(address, { applied: toggled(applied, span) }))}
            />
          ))}
        </Group>
      )}
      {known(reason, answer?.reasons) && (
        <Group title={own.reasons}>
          <Facets
            facets={answer?.reasons}
            chosen={reason}
            toggle={(value) => go(narrow(address, { reason: toggled(reason, value) }))}
          />
        </Group>
      )}
    </>
  );
}

interface FacetsProps {
  facets: readonly Facet[] | undefined;
  chosen: readonly string[];
  /** What stands for a value; else the value. */
  nameOf?(value: string): string;
  toggle(value: string): void;
}

/** The chosen ones stay in sight, also when the results no longer hold them. */
function Facets({ facets, chosen, nameOf = (value) => value, toggle }: FacetsProps) {
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
        <Option
          key={value}
          name={nameOf(value)}
          count={count}
          isChosen={chosen.includes(value)}
          toggle={() => toggle(value)}
        />
      ))}
      {(hiddenCount > 0 || isLong) && all.length > SHOWN_FACETS && (
        <button type="button" className={css.more} aria-expanded={isLong} onClick={() => setLong(!isLong)}>
          {isLong ? words.showFewer : words.showMore(hiddenCount)}
        </button>
      )}
    </>
  );
}

interface OptionProps {
  name: string;
  count: number;
  isChosen: boolean;
  toggle(): void;
}

function Option({ name, count, isChosen, toggle }: OptionProps) {
  return (
    <label className={css.option}>
      <input type="checkbox" className={css.box} checked={isChosen} onChange={toggle} />
      <span className={css.name} dir="auto" title={name}>
        {name}
      </span>
      <span className={css.count} title={wholeNumber(count)}>
        {roundNumber(count)}
      </span>
    </label>
  );
}
