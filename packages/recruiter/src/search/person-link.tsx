import type { PersonRow } from '@carrick/protocol/recruiter';
import { Link } from '@tanstack/react-router';
import { ROW_LINK, rememberOpened } from './row-keys.ts';

/** The name in a row of results: leads to the person. */
export function PersonLink({
  person: { id, name },
  className,
}: {
  person: PersonRow;
  className: string | undefined;
}) {
  return (
    <Link
      className={className}
      to="/people/$id"
      params={{ id }}
      onClick={() => rememberOpened(id)}
      {...{ [ROW_LINK]: id }}
    >
      <bdi>{name}</bdi>
    </Link>
  );
}
