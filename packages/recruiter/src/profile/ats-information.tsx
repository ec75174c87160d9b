import { Collapsible } from '@base-ui/react/collapsible';
import type { AtsRecord } from '@carrick/protocol/recruiter';
import { type ReactNode, useId, useState } from 'react';
import button from '../elements/button.module.css';
import { MailIcon, OutwardIcon, WarningIcon } from '../elements/icons.tsx';
import { Time } from '../elements/time.tsx';
import { codeWords } from '../matches/codes.ts';
import { messages } from '../messages.ts';
import { dotted } from '../search/person-words.ts';
import css from './ats-information.module.css';

const words = messages.atsTab;

/** How the ATS itself knows this person. */
export function AtsInformation({ record }: { record: AtsRecord }) {
  const heading = useId();
  const [isOpen, setOpen] = useState(false);
  const { ats, candidateId, name, url, title, employer, emails, doNotContact } = record;
  return (
    <section className={css.card} aria-labelledby={heading}>
      <h2 id={heading} className={css.title}>
        {words.information}
      </h2>
      <div className={css.main}>
        <div className={css.identity}>
          <p className={css.name} dir="auto">
            {url ? (
              <a className={css.outward} href={url} target="_blank" rel="noopener noreferrer">
                {name}
                <OutwardIcon />
                <span className="visually-hidden">({messages.profile.opensElsewhere})</span>
              </a>
            ) : (
              name
            )}
          </p>
          <p className={css.id}>
            {words.atsId}: {candidateId}
          </p>
        </div>
        {(title || employer) && <p dir="auto">{dotted(title, employer)}</p>}
        {emails[0] && (
          <p className={css.email}>
            <MailIcon />
            {emails[0]}
          </p>
        )}
        {doNotContact && (
          <p className={css.warning}>
            <WarningIcon />
            <strong>{words.doNotContact}</strong> {words.doNotContactHint(ats.name)}
          </p>
        )}
        <Collapsible.Root open={isOpen} onOpenChange={setOpen}>
          <Collapsible.Panel>
            <More record={record} />
          </Collapsible.Panel>
          <Collapsible.Trigger className={button.text}>
            {isOpen ? words.seeLess : words.seeMore}
          </Collapsible.Trigger>
        </Collapsible.Root>
      </div>
    </section>
  );
}

function More({ record }: { record: AtsRecord }) {
  const { emails, phones, addresses, source, createdAt, updatedAt, syncedAt, matchedBy, matchReasons } =
    record;
  return (
    <dl className={css.more}>
      <Detail term={words.emails} values={emails.slice(1)} />
      <Detail term={words.phones} values={phones} />
      <Detail term={words.addresses} values={addresses} />
      <Detail term={words.source} values={source ? [source] : []} />
      <Detail term={words.added} values={[<Time key="at" at={createdAt} />]} />
      <Detail term={words.changed} values={[<Time key="at" at={updatedAt} />]} />
      <Detail term={words.synced} values={[<Time key="at" at={syncedAt} />]} />
      {matchedBy !== null && (
        <Detail
          term={words.whyMatched}
          values={[matchedBy === 'manual' ? words.manual : words.automatic, ...matchReasons.map(codeWords)]}
        />
      )}
    </dl>
  );
}

function Detail({ term, values }: { term: string; values: readonly ReactNode[] }) {
  if (values.length === 0) return null;
  return (
    <div className={css.detail}>
      <dt className={css.term}>{term}</dt>
      {values.map((value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: values of one detail have no identity but their place
        <dd key={index} dir="auto">
          {value}
        </dd>
      ))}
    </div>
  );
}
