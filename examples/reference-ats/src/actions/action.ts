import { type Ats, type Told, write } from '../ats.ts';
import type { Tx } from '../database.ts';
import type { Form } from '../form.ts';

/** What a form does. `ids` stand in its path; the answer is the page to go to next, none: back to where the form was. */
export type Action = (ats: Ats, form: Form, ...ids: string[]) => Promise<unknown>;
/** Forms by their path, in which `:` stands for an id. */
export type Actions = Readonly<Record<string, Action>>;

/** One transaction, which tells what it changed. */
export const writes =
  (work: (tx: Tx, told: Told, form: Form, ...ids: string[]) => Promise<unknown>): Action =>
  (ats, form, ...ids) =>
    write(ats, (tx, told) => work(tx, told, form, ...ids));
