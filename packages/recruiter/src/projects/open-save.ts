/** Whom to save: what the dialog is opened with, from wherever a person is shown. */
export interface Savable {
  readonly id: string;
  readonly name: string;
}

let chosen: readonly Savable[] | null = null;
const listeners = new Set<() => void>();

export function openSave(people: readonly Savable[]): void {
  if (people.length > 0) set(people);
}

export function closeSave(): void {
  set(null);
}

function set(people: readonly Savable[] | null): void {
  chosen = people;
  for (const listener of listeners) listener();
}

export function subscribeSave(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const peopleToSave = (): readonly Savable[] | null => chosen;
