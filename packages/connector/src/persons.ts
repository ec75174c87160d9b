import type { StateFile } from './state-file.ts';
import type { MatchedMembers } from './wire-client.ts';

export interface CandidatePerson {
  readonly candidateId: string;
  readonly person: string;
}

/** Who each acknowledged candidate is matched with, as last read back: the ATS's own record of the match. */
export class Persons {
  readonly #file: StateFile;

  constructor(file: StateFile) {
    this.#file = file;
  }

  /** The candidate was sent: its match is read in the next round, before all others. */
  markUnread(candidateId: string): void {
    this.#file.run(
      `insert into person values (?, null, 'none', 0) on conflict (candidate_id) do update set round = 0`,
      candidateId,
    );
  }

  /** Candidates last read before the given round (1: never since they were sent), those longest ago first. */
  unread(beforeRound: number, limit: number): string[] {
    return this.#file
      .all(
        'select candidate_id from person where round < ? order by round, candidate_id limit ?',
        beforeRound,
        limit,
      )
      .map((row) => String(row.candidate_id));
  }

  /**
   * Several automatic matches are nobody's until a human chooses; without an answer what is known stands. Returns
   * whether the person changed.
   */
  save(candidateId: string, matched: MatchedMembers | null, round: number): boolean {
    if (matched === null) {
      this.#file.run('update person set round = ? where candidate_id = ?', round, candidateId);
      return false;
    }
    const { manual, automatic } = matched;
    const person = manual ?? (automatic.length === 1 ? (automatic[0] ?? null) : null);
    const origin = manual ? 'manual' : automatic.length > 1 ? 'ambiguous' : person ? 'automatic' : 'none';
    const before = this.#file.get('select person from person where candidate_id = ?', candidateId);
    this.#file.run(
      'update person set person = ?, origin = ?, round = ? where candidate_id = ?',
      person,
      origin,
      round,
      candidateId,
    );
    return person !== (before?.person ?? null);
  }

  forget(candidateId: string): void {
    this.#file.run('delete from person where candidate_id = ?', candidateId);
  }

  all(): CandidatePerson[] {
    return this.#file
      .all('select candidate_id, person from person where person is not null order by candidate_id')
      .map((row) => ({ candidateId: String(row.candidate_id), person: String(row.person) }));
  }

  count(): number {
    return Number(this.#file.get('select count(*) as n from person where person is not null')?.n ?? 0);
  }
}
