import anyAscii from 'any-ascii';

/** Forms of a company's name that are no part of it; only at its end. */
const LEGAL_FORMS = new Set(
  `inc incorporated llc llp lp ltd limited corp corporation co company plc pllc pc pa gmbh mbh ag kg kgaa ohg ug gbr ev eg
  sa sas sarl sasu eurl sci snc spa srl srls sapa sl slu sll scp scoop bv nv vof cv ab as asa aps oy oyj ks is hf ehf
  sro as spzoo spzoosk sp zoo doo dd ad ead eood ood kft zrt nyrt bt rt srl sa ltda me eireli cia sab sapi cv
  kk kabushikigaisha godogaisha gk yk yugengaisha ooo oao zao pao ao ip tov pjsc pte pty sdn bhd tbk pt cv pvt private public
  jsc ojsc cjsc fze fzco fzllc wll saoc sal eirl holding holdings group gruppe groupe grupo international`
    .split(/\s+/)
    .filter(Boolean),
);
/** What stands where no company does. */
const NO_COMPANY =
  /^(freelance(r|rs)?|free lancer|self ?employed|self|selbst(st)?andig|freiberuflich|independent( consultant| contractor)?|contractor|consultant|confidential|stealth( mode)?( startup| start up)?|startup|student|unemployed|not (currently )?employed|none|n a|na|null|unknown|various|private|retired|looking( for .*)?|open to work|open|tbd|own business|home ?maker|autonomo|independant|independiente|test|xx+)$/;
const ALIASES = new Map([
  ['alphabet', 'google'],
  ['facebook', 'meta'],
  ['meta platforms', 'meta'],
  ['international business machines', 'ibm'],
  ['hewlett packard', 'hp'],
  ['pricewaterhousecoopers', 'pwc'],
  ['pricewaterhouse coopers', 'pwc'],
  ['ernst and young', 'ey'],
  ['ernst young', 'ey'],
  ['bayerische motoren werke', 'bmw'],
  ['general electric', 'ge'],
  ['amazon web services', 'amazon'],
  ['aws', 'amazon'],
]);

/** Folded, without legal form; null where it names no company. */
export function canonicalCompany(raw: string): string | null {
  const text = anyAscii(raw.normalize('NFKC'))
    .toLowerCase()
    .replaceAll(/\([^)]*\)/g, ' ')
    .replaceAll(/['`’.]/g, '')
    .replaceAll(/&|\+/g, ' and ');
  const words = text.split(/[^a-z0-9]+/).filter(Boolean);
  if (words[0] === 'the' && words.length > 1) words.shift();
  if (NO_COMPANY.test(words.join(' '))) return null;
  while (words.length > 1) {
    const last = words.at(-1) ?? '';
    if (!LEGAL_FORMS.has(last) && last !== 'and') break;
    words.pop();
  }
  const name = words.join(' ');
  return name ? (ALIASES.get(name) ?? name) : null;
}
