import type { AtsUser, SeatSuggestion } from '../customers/customer.ts';
import { find } from '../customers/platform-api.ts';
import type { Lane } from '../lane.ts';
import { text } from './stub-profile.ts';

export interface Seat {
  /** `urn:li:seat:…` */
  readonly seat: string;
  readonly person: string;
  readonly name: string;
  readonly email: string | null;
}

/** The active seats of contracts. */
export async function readSeats({ caller }: Lane, contracts: readonly string[]): Promise<Seat[]> {
  const seats: Seat[] = [];
  if (contracts.length === 0) return seats;
  for await (const element of find(caller, 'seatsV2', { q: 'attributes', contracts, states: 'ACTIVE' })) {
    const person = text(element.member);
    if (person === null || element.id === undefined) continue;
    const id = String(element.id);
    seats.push({
      seat: id.startsWith('urn:') ? id : `urn:li:seat:${id}`,
      person,
      name: `${text(element.firstName) ?? ''} ${text(element.lastName) ?? ''}`.trim(),
      email: text(element.email),
    });
  }
  return seats;
}

/** By address, and only where one person alone has it: for somebody to confirm. */
export function suggest(
  seats: readonly Seat[],
  users: readonly AtsUser[],
  bound: ReadonlyMap<string, string>,
): SeatSuggestion[] {
  return users.map(({ id, email }) => {
    const address = email.trim().toLowerCase();
    const found = seats.filter((seat) => seat.email?.trim().toLowerCase() === address);
    const persons = new Set(found.map(({ person }) => person));
    const [only] = persons.size === 1 ? found : [];
    return {
      user: id,
      person: only?.person ?? null,
      seatName: only?.name ?? null,
      bound: bound.get(id) ?? null,
    };
  });
}
