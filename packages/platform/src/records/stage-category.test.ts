import { describe, expect, it } from 'vitest';
import { type StageCategory, stageCategory } from './stage-category.ts';

const WORDINGS: Readonly<Record<StageCategory, readonly string[]>> = {
  APPLIED: [
    'Applied',
    'New',
    'Application received',
    'Bewerbung eingegangen',
    'Candidature reçue',
    '応募',
    '已申请',
  ],
  SCREEN: ['Phone screen', 'CV review', 'Qualifying', 'Submitted', 'Shortlisted', '書類選考'],
  INTERVIEW: [
    'On-site interview',
    '2nd Interview',
    'Vorstellungsgespräch',
    'Entrevista',
    'Entretien',
    '面接',
    'Собеседование',
  ],
  OFFER: ['Offer', 'Offered', 'Offer extended', 'Angebot', '内定'],
  HIRED: ['Hired', 'Placed', 'New hire', 'Offer accepted', 'Embauchée', 'Contratado', '採用', '채용'],
  REJECTED: [
    'Rejected',
    'Rejected after interview',
    'Not in Consideration',
    'Not hired',
    'Abgelehnt',
    'Refusé',
    '不採用',
    'Отказ',
  ],
  DECLINED: ['Offer declined', 'Candidate withdrew', 'Withdrawn', 'Zurückgezogen'],
  ARCHIVED: ['Archived', 'On hold', 'Position filled'],
  OTHER: ['In-house', 'No Contact', 'Chire', 'Newsroom', '', '🙂', 'Not yet reviewed'],
};

describe('stage category', () => {
  for (const [category, wordings] of Object.entries(WORDINGS)) {
    it.each(wordings)(`SY16 ${category} is what %j means`, (wording) => {
      expect(stageCategory(wording)).toBe(category);
    });
  }
});
