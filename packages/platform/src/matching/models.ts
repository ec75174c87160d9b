import type { Db } from '../kernel/db.ts';
import {
  type Frequencies,
  frequenciesOf,
  type Model,
  startingModel,
  TERM_FIELDS,
  type TermField,
  type Weights,
} from './model.ts';

export interface NumberedModel {
  /** 0: the one that comes with the program. */
  readonly modelNo: number;
  readonly model: Model;
}

interface ModelRow {
  readonly weights_version: string;
  readonly weights: Weights;
  readonly member_count: number;
  readonly totals: Readonly<Record<TermField, number>>;
  readonly floor: number;
}

/** The model that holds, kept in memory. Which one it is every decision reads from the database, in the transaction it decides in. */
export class Models {
  readonly #db: Db;
  #held: NumberedModel = { modelNo: 0, model: startingModel() };
  #loading: Promise<NumberedModel> | null = null;

  constructor(db: Db) {
    this.#db = db;
  }

  /** The one that held when it was last asked. */
  get held(): NumberedModel {
    return this.#held;
  }

  /** @throws Error for one that is not there */
  async at(modelNo: number): Promise<NumberedModel> {
    while (this.#held.modelNo !== modelNo) {
      this.#loading ??= this.read(modelNo).finally(() => {
        this.#loading = null;
      });
      const loaded = await this.#loading;
      if (loaded.modelNo === modelNo) this.#held = loaded;
    }
    return this.#held;
  }

  async read(modelNo: number): Promise<NumberedModel> {
    if (modelNo === 0) return { modelNo, model: startingModel() };
    const [row] = await this.#db.lookup<ModelRow>`
      select weights_version, weights, member_count, totals, floor from match_model where model_no = ${modelNo}`;
    if (!row) throw new Error(`there is no matching model ${modelNo}`);
    const terms = await this.#db.lookup<{ field: string; value: string; members: number }>`
      select field, value, members from term_frequency where model_no = ${modelNo}`;
    return {
      modelNo,
      model: {
        version: `${row.weights_version}/${modelNo}`,
        weights: row.weights,
        memberCount: row.member_count,
        frequencies: storedFrequencies(terms, row),
      },
    };
  }
}

function storedFrequencies(
  rows: readonly { readonly field: string; readonly value: string; readonly members: number }[],
  { totals, floor }: ModelRow,
): Frequencies {
  const counts = rows.flatMap(({ field, value, members }) => {
    const known = TERM_FIELDS.find((name) => name === field);
    return known ? [{ field: known, value, count: members }] : [];
  });
  return frequenciesOf(counts, totals, floor);
}
