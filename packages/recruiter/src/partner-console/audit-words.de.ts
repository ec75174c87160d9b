import type { Translation } from '../language.ts';
import type { AuditWords } from './audit-words.ts';

export const de: Translation<AuditWords> = {
  title: 'Protokoll',
  lead: 'Was in dieser Konsole getan wurde, von wem und wann. Was Ihre Systeme taten, steht im Anfrageprotokoll.',
  empty: 'Hier wurde noch nichts getan',
  csv: 'Als CSV herunterladen',
  own: 'Ihre Anwendung',
  actions: {
    'customer-added': 'Kunde angelegt',
    'origins-changed': 'Ursprünge geändert',
    'redirects-changed': 'Weiterleitungsadressen geändert',
    'secret-rotated': 'Neues Geheimnis erzeugt',
    'own-secret-rotated': 'Neues Geheimnis für Ihre Anwendung erzeugt',
    'test-event-sent': 'Testereignis gesendet',
  },
  added: (addresses) => `hinzugefügt: ${addresses}`,
  removed: (addresses) => `entfernt: ${addresses}`,
  overlap: (hours) =>
    hours === 0
      ? 'das alte endete sofort'
      : hours === 1
        ? 'das alte galt noch eine Stunde'
        : `das alte galt noch ${hours} Stunden`,
  outcome: (outcome) => `Antwort: ${outcome}`,
  foreignId: (id) => `Ihre Kennung ${id}`,
};
