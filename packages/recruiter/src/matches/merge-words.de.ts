import type { Translation } from '../language.ts';
import { wholeNumber } from '../numbers.ts';
import type { MergeWords } from './merge-words.ts';

export const de: Translation<MergeWords> = {
  action: 'Noch ein Datensatz dieser Person?',
  actionFor: (record) => `Noch ein Datensatz dieser Person? ${record}`,
  find: 'Welcher Datensatz ist dieselbe Person?',
  findHint: (record) => `Wählen Sie den Datensatz, der dieselbe Person ist wie ${record}.`,
  compare: 'Vergleichen',
  compareWith: (record) => `Mit ${record} vergleichen`,
  title: 'Diese zwei Datensätze sind eine Person',
  text: (ats) =>
    `Was über den einen Datensatz entschieden wurde, gilt von nun an für den anderen. In ${ats} ändert sich nichts: Führen Sie die Datensätze auch dort zusammen.`,
  caption: 'Beide Datensätze, Feld für Feld',
  field: 'Feld',
  same: 'Gleich',
  nothing: 'Nicht gesendet',
  fields: {
    name: 'Name',
    job: 'Position und Arbeitgeber',
    emails: 'E-Mail',
    phones: 'Telefon',
    profile: 'Profiladresse',
    addresses: 'Ort',
    added: 'Angelegt',
    applications: 'Bewerbungen',
    linked: 'Verknüpft mit',
  },
  unlinked: 'Niemandem',
  stays: 'Bleibt',
  staysFor: (record) => `${record} bleibt`,
  moves: 'Was übergeht',
  movesNothing: 'Über den anderen Datensatz hat niemand entschieden, also geht nichts über.',
  movesLink: (person) => `Dieselbe Person wie ${person}`,
  movesPart: (person) => `Nicht dieselbe Person wie ${person}`,
  closedAccount: 'ein geschlossenes Konto',
  clash: (one, other) =>
    `Der eine ist von Hand mit ${one} verknüpft, der andere mit ${other}. Keine der Verknüpfungen wird gezeigt, bis jemand in der Warteschlange entscheidet.`,
  back: 'Anderen wählen',
  confirm: 'Eine Person',
  failed: 'Die beiden Datensätze konnten nicht verglichen werden',
  done: (from, into) => `${from} wurde mit ${into} zusammengeführt`,
  undone: 'Rückgängig gemacht',
  undoFailed: 'Das ließ sich nicht rückgängig machen. Siehe „Zusammengeführt“ unter Zuordnungen.',
  inTheWay:
    'Einer dieser Datensätze wurde schon zusammengeführt. Machen Sie das zuerst rückgängig, unter „Zusammengeführt“ bei den Zuordnungen.',
  list: {
    view: 'Zusammengeführt',
    failed: 'Die Liste konnte nicht geladen werden',
    empty: 'Es wurden keine Datensätze zusammengeführt',
    emptyHint:
      'Datensätze einer Person, die jemand zusammengeführt hat, stehen hier: von wem, wann, und mit dem Weg zurück.',
    into: 'ist eine Person mit',
    deleted: 'einem gelöschten Datensatz',
    moved: (count) =>
      count === 0
        ? 'Nichts ging über'
        : count === 1
          ? '1 Entscheidung ging über'
          : `${wholeNumber(count)} Entscheidungen gingen über`,
    undone: 'Rückgängig gemacht',
    undoneBy: (name) => `von ${name}`,
    undo: 'Rückgängig',
    undoFor: (what) => `Rückgängig: ${what}`,
  },
};
