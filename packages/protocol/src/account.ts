/**
 * Ways into an account. `POST /app/api/password/forgotten` with `{email, language}` → 204 whatever the address;
 * `POST /app/api/password/chosen` with `{token, password}` → 204, or 410 for a link that is spent.
 */

/** `GET /app/api/contracts` → `ContractsAnswer`; `POST` with `{seatId}` → `Me`, in a session of that seat. */
export interface ContractsAnswer {
  readonly seats: readonly {
    readonly seatId: string;
    readonly contract: string;
    readonly organisation: string;
    readonly isCurrent: boolean;
  }[];
}

/** `POST /app/api/admin/invitations` → `InvitationAnswer`. Where no mail is sent, the administrator hands the link on. */
export interface InvitationAnswer {
  readonly isMailed: boolean;
  readonly link: string | null;
}

/** `GET /app/api/start` → `StartAnswer`: the first steps of a company, as far as the viewer may know. */
export interface StartAnswer {
  readonly steps: readonly {
    readonly id: 'connect' | 'sync' | 'past-applicants' | 'match' | 'export';
    readonly isDone: boolean;
    /** People or records, where there is something to count. */
    readonly count: number | null;
  }[];
}
