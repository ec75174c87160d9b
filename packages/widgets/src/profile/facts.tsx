import type { Position, WidgetMember } from '@carrick/protocol';
import type { Desk } from './desk.ts';
import { Fact } from './record.tsx';
import type { Words } from './words.ts';

const PREVIOUS = 2;

/** The few lines below the name; a line without a value is absent. */
export function Facts({ person, desk: { words, ats } }: { person: WidgetMember; desk: Desk }) {
  const { current, past, educations, emails, websites } = person;
  const previous = past.slice(0, PREVIOUS);
  const [education] = educations;
  return (
    <dl class="facts">
      {current.length > 0 && <Fact term={words.current}>{lines(current, words)}</Fact>}
      {previous.length > 0 && <Fact term={words.previous}>{lines(previous, words)}</Fact>}
      {education?.school && <Fact term={words.education}>{education.school}</Fact>}
      {emails.length > 0 && (
        <Fact term={words.email}>
          {emails.map(({ address, source }) => (
            <div key={address}>
              {address}{' '}
              <span class="muted">{words.emailFrom[source](source === 'ats' ? ats : person.name)}</span>
            </div>
          ))}
        </Fact>
      )}
      {websites.length > 0 && (
        <Fact term={words.website}>
          {websites.map((address) => (
            <div key={address}>
              <a href={address} target="_blank" rel="noopener noreferrer">
                {URL.parse(address)?.host ?? address} <span class="hearable">{words.newTab}</span>
              </a>
            </div>
          ))}
        </Fact>
      )}
    </dl>
  );
}

function lines(positions: readonly Position[], words: Words) {
  return positions.map((position, no) => <div key={no}>{positionText(position, words)}</div>);
}

export function positionText({ title, companyName }: Position, words: Words): string {
  return title && companyName ? words.at(title, companyName) : (title ?? companyName ?? '');
}
