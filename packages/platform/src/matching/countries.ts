import type { Db } from '../kernel/db.ts';

interface CountryRow {
  readonly tenant_id: number;
  readonly country: string;
}

/** Where each organisation is: numbers without a prefix are dialled there. An organisation does not move. */
export class Countries {
  readonly #db: Db;
  readonly #byTenant = new Map<number, string>();
  readonly #loading = new Map<number, Promise<void>>();

  constructor(db: Db) {
    this.#db = db;
  }

  of(tenantId: number): string | undefined {
    return this.#byTenant.get(tenantId);
  }

  /** For who can wait. */
  async load(tenantId: number): Promise<void> {
    if (this.#byTenant.has(tenantId)) return;
    const loading = this.#loading.get(tenantId) ?? this.#read([tenantId]);
    this.#loading.set(tenantId, loading);
    await loading.finally(() => this.#loading.delete(tenantId));
  }

  async loadAll(): Promise<void> {
    await this.#read(null);
  }

  async #read(tenantIds: readonly number[] | null): Promise<void> {
    const rows = await this.#db.lookup<CountryRow>`
      select tenant_id, country from organisation_countries(${tenantIds}::bigint[])`;
    for (const { tenant_id, country } of rows) this.#byTenant.set(tenant_id, country);
  }
}
