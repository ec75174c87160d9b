/** Erasing on request, for administrators: `GET /app/api/admin/erasures` → `ErasuresAnswer`, newest first. */
export interface ErasuresAnswer {
  readonly erasures: readonly ErasureItem[];
  readonly answeredAt: number;
}

export type ErasureItemState = 'asked' | 'confirmed' | 'erased' | 'proved' | 'failed';
export interface ErasureItem {
  readonly id: string;
  readonly kind: 'candidate' | 'seat' | 'contract';
  readonly state: ErasureItemState;
  /** Name of the seat that asked; null: the operator. */
  readonly by: string | null;
  readonly askedAt: number;
  readonly confirmedAt: number | null;
  readonly erasedAt: number | null;
  readonly provedAt: number | null;
  /** `GET /app/api/admin/erasures/certificate?id=` answers. */
  readonly hasCertificate: boolean;
}

/** `GET /app/api/admin/erasures/find?q=` → `ErasableAnswer`: candidates by their id in the ATS or an address, seats by address; exact. */
export interface ErasableAnswer {
  readonly candidates: readonly {
    readonly atsNo: number;
    readonly ats: string;
    readonly candidateId: string;
    readonly name: string;
  }[];
  readonly seats: readonly { readonly seatId: string; readonly name: string; readonly isOwn: boolean }[];
}

/** `POST /app/api/admin/erasures` with an `ErasureRequest` → `ErasureAsked`: nothing is erased before it is confirmed. */
export type ErasureRequest =
  | { readonly kind: 'candidate'; readonly atsNo: number; readonly candidateId: string }
  | { readonly kind: 'seat'; readonly seatId: string };
export interface ErasureAsked {
  readonly id: string;
  /** Rows by table; of what hangs on applications, those that this administrator may see. */
  readonly counts: Readonly<Record<string, number>>;
  /** Tables in which more may go: some of it may hang on secured jobs. The same whether anything does or not. */
  readonly also: readonly string[];
}

/** `POST /app/api/admin/erasures/confirm` with an `ErasureConfirmation` → 204. */
export interface ErasureConfirmation {
  readonly id: string;
}
