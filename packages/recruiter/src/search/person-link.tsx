import type { PersonRow } from '@carrick/protocol/recruiter';
import { Link, useMatch } from '@tanstack/react-router';
import { ROW_LINK, rememberOpened } from './row-keys.ts';

/** The name in a row of results: leads to the person; the current one is open beside the list. */
export function PersonLink({
  person: { id, name },
  className,
}: {
  person: PersonRow;
  className: string | undefined;
}) {
  const isOpen = useMatch({
    from: '/shell/search',
    shouldThrow: false,
    select: ({ search }) => search.person === id,
  });
  return (
    <Link
      className={className}
      to="/people/$id"
      params={{ id }}
      aria-current={isOpen || undefined}
      onClick={() => rememberOpened(id)}
      {...{ [ROW_LINK]: id }}
    >
      <bdi>{name}</bdi>
    </Link>
  );
}
