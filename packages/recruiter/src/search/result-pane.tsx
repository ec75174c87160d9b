import type { SearchAnswer } from '@carrick/protocol/recruiter';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useLocation, useNavigate, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { searchQuery } from '../api/queries.ts';
import { words } from '../profile/words.ts';
import { announce } from '../shell/announcer.tsx';
import { LAST_PAGE } from './paging.tsx';
import { openerOf, showRow } from './row-keys.ts';
import { type SearchAddress, tidy } from './search-address.ts';

const route = getRouteApi('/shell/search');
const PersonPane = lazy(async () => ({ default: (await import('../profile/person-pane.tsx')).PersonPane }));

interface ResultPaneProps {
  address: SearchAddress;
  answer: SearchAnswer | undefined;
}

/** The person who is open beside the results, if the address names one, and the way through the results from there. */
export function ResultPane({ address, answer }: ResultPaneProps) {
  const { person: personId, tab, only } = route.useSearch();
  const navigate = useNavigate();
  const { history } = useRouter();
  const listKey = useLocation({ select: ({ state }) => state.listKey });
  const queryClient = useQueryClient();
  const [isStepping, setStepping] = useState(false);
  useFocusOnLeft(personId);

  const people = answer?.people ?? [];
  const index = people.findIndex(({ id }) => id === personId);
  const name = people[index]?.name;
  const inList =
    answer && index >= 0
      ? { place: (answer.page - 1) * answer.pageSize + index + 1, reach: reachOf(answer) }
      : null;
  const place = inList && words.pane.place(inList.place, inList.reach);
  useEffect(() => {
    if (name !== undefined && place !== null) announce(words.pane.reached(name, place));
  }, [name, place]);

  if (personId === undefined) return null;
  const show = (id: string, page: SearchAddress, isSamePage: boolean) =>
    navigate({
      to: '/search',
      search: { ...page, person: id, ...(tab && { tab }), ...(only && { only }) },
      // Another page of results is another list: there is no way back to the first one by closing.
      ...(isSamePage && { state: true }),
      replace: true,
      resetScroll: false,
    });
  const step = async (by: 1 | -1) => {
    const neighbour = people[index + by];
    if (neighbour) {
      await show(neighbour.id, address, true);
      showRow(neighbour.id);
      return;
    }
    if (isStepping) return;
    setStepping(true);
    const page = tidy({ ...address, page: (address.page ?? 1) + by });
    const next = await queryClient.fetchQuery(searchQuery(page)).catch(() => null);
    setStepping(false);
    const first = next?.people.at(by === 1 ? 0 : -1);
    if (first) await show(first.id, page, false);
    else announce(words.pane.stepFailed);
  };
  const close = () => {
    if (listKey !== undefined) history.back();
    else void navigate({ to: '/search', search: address, replace: true, resetScroll: false });
  };
  return (
    <Suspense>
      <PersonPane
        personId={personId}
        address={{ ...(tab && { tab }), ...(only && { only }) }}
        inList={inList}
        step={(by) => void step(by)}
        close={close}
        opener={() => openerOf(personId)}
      />
    </Suspense>
  );
}

/** How many people the pages lead to. */
function reachOf({ total, pageSize }: SearchAnswer): number {
  return Math.min(total, LAST_PAGE * pageSize);
}

/** Who closes the pane goes on at the row of the person it showed last. */
function useFocusOnLeft(personId: string | undefined): void {
  const shownId = useRef(personId);
  useEffect(() => {
    const leftId = shownId.current;
    shownId.current = personId;
    if (personId !== undefined || leftId === undefined) return;
    if (document.activeElement === document.body) openerOf(leftId)?.focus({ preventScroll: true });
  }, [personId]);
}
