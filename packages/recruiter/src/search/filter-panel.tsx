import {
  APPLIED_SPANS,
  type Facet,
  IN_ATS_FILTERS,
  type Me,
  type SearchAnswer,
  type SearchFilterName,
} from '@carrick/protocol/recruiter';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useDeferredValue, useId, useState } from 'react';
import { valuesQuery } from '../api/queries.ts';
import { messages, roundNumber, wholeNumber } from '../messages.ts';
import css from './filter-panel.module.css';
import { narrow, type SearchAddress, SHOWN_AT_ONCE, toggled } from './search-address.ts';
import { Spotlights } from './spotlights.tsx';
import { words as own, seniorityName, stageName } from './words.ts';

const words = messages.search;
const SHOWN_FACETS = 6;
/** So many values come with an answer: where there are as many, there may be more to be found by letters. */
const ALL_THERE_ARE = 12;
const EXPERIENCE: Record<string, string> = own.experienceNames;

interface Filter {
  readonly filter: SearchFilterName;
  readonly title: string;
  /** What stands for a value; else the value. */
  readonly nameOf?: ((value: string) => string) | undefined;
}

const FILTERS: readonly Filter[] = [
  { filter: 'title', title: words.titles },
  { filter: 'company', title: own.companies },
  { filter: 'location', title: words.locations },
  { filter: 'skill', title: own.skills },
  { filter: 'industry', title: own.industries },
  { filter: 'seniority', title: own.seniorities, nameOf: seniorityName },
  { filter: 'experience', title: own.experience, nameOf: (value) => EXPERIENCE[value] ?? value },
];

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
      {FILTERS.map((each) =>
        SHOWN_AT_ONCE.includes(each.filter) ? (
          <Group key={each.filter} title={each.title}>
            <Facets {...each} address={address} facets={answer?.facets[each.filter]} go={go} />
          </Group>
        ) : (
          <LaterGroup key={each.filter} {...each} address={address} go={go} />
        ),
      )}
    </div>
  );
}

interface GroupProps {
  title: string;
  isOpen?: boolean;
  onToggle?(isOpen: boolean): void;
  children: ReactNode;
}

function Group({ title, isOpen = true, onToggle, children }: GroupProps) {
  return (
    <details
      className={css.group}
      open={isOpen}
      onToggle={({ currentTarget }) => onToggle?.(currentTarget.open)}
    >
      <summary className={css.title}>{title}</summary>
      <fieldset className={css.values}>
        <legend className="visually-hidden">{title}</legend>
        {children}
      </fieldset>
    </details>
  );
}

/** Its values are asked for when it is opened; it is open while one of them is chosen. */
function LaterGroup({
  filter,
  title,
  nameOf,
  address,
  go,
}: Filter & Pick<FilterPanelProps, 'address' | 'go'>) {
  const [isOpen, setOpen] = useState(address[filter] !== undefined);
  const { data, error } = useQuery({ ...valuesQuery(address, filter, ''), enabled: isOpen });
  return (
    <Group title={title} isOpen={isOpen} onToggle={setOpen}>
      {error && !data ? (
        <p className={css.none}>{own.valuesFailed}</p>
      ) : (
        <Facets filter={filter} title={title} nameOf={nameOf} address={address} facets={data} go={go} />
      )}
    </Group>
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
  const { applied = [] } = address;
  const known = (filter: SearchFilterName) =>
    address[filter] !== undefined || (answer !== undefined && answer.facets[filter].length > 0);
  const part = (filter: SearchFilterName) => ({ filter, address, facets: answer?.facets[filter], go });
  return (
    <>
      {known('stage') && (
        <Group title={own.stages}>
          <Facets {...part('stage')} title={own.stages} nameOf={stageName} />
        </Group>
      )}
      {known('applied') && (
        <Group title={own.applied}>
          {APPLIED_SPANS.map((span) => (
            <Option
              key={span}
              name={own.appliedNames[span]}
              count={answer?.facets.applied.find(({ value }) => value === span)?.count ?? 0}
              isChosen={applied.includes(span)}
              toggle={() => go(narrow(address, { applied: toggled(applied, span) }))}
            />
          ))}
        </Group>
      )}
      {known('reason') && (
        <Group title={own.reasons}>
          <Facets {...part('reason')} title={own.reasons} />
        </Group>
      )}
    </>
  );
}

interface FacetsProps extends Filter, Pick<FilterPanelProps, 'address' | 'go'> {
  facets: readonly Facet[] | undefined;
}

/** The chosen ones stay in sight, also when the results no longer hold them. */
function Facets({ filter, title, address, facets, nameOf = (value) => value, go }: FacetsProps) {
  const [isLong, setLong] = useState(false);
  const [letters, setLetters] = useState('');
  const chosen = address[filter] ?? [];
  if (!facets) return null;
  const missing = chosen.filter((value) => !facets.some((facet) => facet.value === value));
  const all: readonly Facet[] = [...missing.map((value) => ({ value, count: 0 })), ...facets];
  const shown = isLong
    ? all
    : all.filter(({ value }, index) => index < SHOWN_FACETS || chosen.includes(value));
  const hiddenCount = all.length - shown.length;
  const option = ({ value, count }: Facet) => (
    <Option
      key={value}
      name={nameOf(value)}
      count={count}
      isChosen={chosen.includes(value)}
      toggle={() => go(narrow(address, { [filter]: toggled(chosen, value) }))}
    />
  );
  if (all.length === 0) return <p className={css.none}>{words.noFacets}</p>;
  return (
    <>
      {facets.length >= ALL_THERE_ARE && (
        <input
          type="search"
          className={css.letters}
          value={letters}
          aria-label={own.find(title)}
          placeholder={own.find(title)}
          onChange={({ target }) => setLetters(target.value)}
        />
      )}
      {letters.trim() !== '' ? (
        <Values address={address} filter={filter} letters={letters.trim()} option={option} />
      ) : (
        shown.map(option)
      )}
      {letters.trim() === '' && (hiddenCount > 0 || isLong) && all.length > SHOWN_FACETS && (
        <button type="button" className={css.more} aria-expanded={isLong} onClick={() => setLong(!isLong)}>
          {isLong ? words.showFewer : words.showMore(hiddenCount)}
        </button>
      )}
    </>
  );
}

interface ValuesProps {
  address: SearchAddress;
  filter: SearchFilterName;
  letters: string;
  option(facet: Facet): ReactNode;
}

/** Values that hold the letters, of all there are. */
function Values({ address, filter, letters, option }: ValuesProps) {
  const { data, error } = useQuery(valuesQuery(address, filter, useDeferredValue(letters)));
  if (error && !data) return <p className={css.none}>{own.valuesFailed}</p>;
  return data?.length === 0 ? <p className={css.none}>{own.noValues}</p> : data?.map(option);
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
