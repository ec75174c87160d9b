import { remembered } from '../kernel/remembered.ts';

/** What the wording of a stage means, as far as its words tell. Any wording is allowed on the wire. */
export const STAGE_CATEGORIES = [
  'APPLIED',
  'SCREEN',
  'INTERVIEW',
  'OFFER',
  'HIRED',
  'REJECTED',
  'DECLINED',
  'ARCHIVED',
  'OTHER',
] as const;
export type StageCategory = (typeof STAGE_CATEGORIES)[number];

/**
 * The first row that fits wins, so the order carries meaning: an end tells more than the step it ended ("rejected after
 * interview", "offer declined"), and a later step more than an earlier one ("interview scheduled after screening").
 * Words are lower case without accents and match from a word's beginning; scripts without spaces match anywhere.
 */
const MEANINGS: readonly (readonly [StageCategory, RegExp])[] = [
  ['OTHER', words('not (yet (hired|rejected|applied|reviewed|started)|applied|reviewed|started)')],
  [
    'DECLINED',
    words(
      'declin',
      'withdr',
      'turned down',
      'no longer interested',
      'not interested',
      'candidate refus',
      'zuruckgezogen',
      'desist',
      'refus(e|ee)? par le candidat',
      'retir(e|ada|ado)\\b',
      'ritirat',
      'teruggetrokken',
      'rezygn',
      'vazgec',
      '辞退',
      '候选人放弃',
      'отказался',
    ),
  ],
  [
    'REJECTED',
    words(
      'reject',
      'disqualif',
      'unsuccessful',
      'not selected',
      'not (a )?(good )?fit',
      'not in consideration',
      'not qualified',
      'turn(ed)? away',
      'no hire',
      'not hired',
      'abgelehnt',
      'absage',
      'refus',
      'rejet',
      'rechaz',
      'descartad',
      'rejeitad',
      'reprovad',
      'scartat',
      'rifiutat',
      'respint',
      'afgewezen',
      'odrzucon',
      'avvis',
      'avslag',
      'afvist',
      'hylatty',
      'reddedil',
      'zamitnut',
      '不採用',
      '不合格',
      '見送り',
      '淘汰',
      '拒绝',
      '불합격',
      '탈락',
      'отклон',
      'отказ',
    ),
  ],
  [
    'HIRED',
    words(
      'hired',
      'hire\\b',
      'placed',
      'placement',
      'onboard',
      'joined',
      'started( work| job|$)',
      'offer accepted',
      'accepted offer',
      'eingestellt',
      'embauch',
      'recrute\\b',
      'contratad',
      'assunt',
      'aangenomen',
      'zatrudnion',
      'anstalld',
      'ansat\\b',
      'palkattu',
      'ise alindi',
      '採用',
      '入社',
      '内定承諾',
      '入职',
      '录用',
      '입사',
      '채용',
      'принят',
      'нанят',
    ),
  ],
  [
    'OFFER',
    words(
      'offer',
      'angebot',
      'oferta',
      'offre',
      'proposta',
      'aanbod',
      'tilbud',
      'erbjud',
      'teklif',
      '内定',
      'オファー',
      '录取',
      '제안',
      'оффер',
      'предложен',
    ),
  ],
  [
    'INTERVIEW',
    words(
      'interview',
      'on-?site',
      'assessment cent',
      'final round',
      'vorstellung',
      'gesprach',
      'entretien',
      'entrevista',
      'colloquio',
      'gesprek',
      'rozmow',
      'intervju',
      'haastattelu',
      'mulakat',
      '面接',
      '面談',
      '面试',
      '면접',
      'собеседов',
      'интервью',
    ),
  ],
  [
    'ARCHIVED',
    words(
      'archiv',
      'closed',
      'on hold',
      'talent pool',
      'position filled',
      'requisition cancel',
      'abgeschlossen',
      'clotur',
    ),
  ],
  [
    'APPLIED',
    words(
      'appli(ed|cation received|cation submitted)',
      'new( application| applicant| lead)?$',
      'received',
      'inbox',
      'beworben',
      'eingegangen',
      'bewerbung eingegangen',
      'candidature',
      'postul',
      'solicitud',
      'aplicad',
      'inscrit',
      'candidatur',
      'sollicit',
      'zaaplikow',
      'sokt\\b',
      'ansokan',
      'basvur',
      '応募',
      '应聘',
      '已申请',
      '지원',
      'отклик',
    ),
  ],
  [
    'SCREEN',
    words(
      'screen',
      'review',
      'qualif',
      'shortlist',
      'submitted',
      'phone',
      'recruiter call',
      'intro',
      'contacted',
      'responded',
      'test\\b',
      'assessment',
      'prufung',
      'vorauswahl',
      'preselec',
      'presel',
      'triagem',
      'selezion',
      'voorselectie',
      'urval',
      '書類選考',
      '筛选',
      '初筛',
      '서류',
      'скрининг',
      'рассмотр',
    ),
  ],
];

/** An organisation has a dozen stages and sends them again with every application; looking at the wording costs more than all else about a stage. */
export const stageCategory = remembered(categoryOf);

function categoryOf(stage: string): StageCategory {
  const wording = stage
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC')
    .toLowerCase();
  return MEANINGS.find(([, meaning]) => meaning.test(wording))?.[0] ?? 'OTHER';
}

function words(...beginnings: string[]): RegExp {
  const isSpaced = (word: string) => /^[\p{Script=Latin}(]/u.test(word);
  const spaced = beginnings.filter(isSpaced).join('|');
  const others = beginnings
    .filter((word) => !isSpaced(word))
    .map((word) =>
      word
        .normalize('NFD')
        .replace(/\p{Mn}/gu, '')
        .normalize('NFC'),
    );
  return new RegExp([`(?<![\\p{L}])(?:${spaced})`, ...others].join('|'), 'u');
}
