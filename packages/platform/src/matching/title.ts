import anyAscii from 'any-ascii';

const EXPANSIONS = new Map(
  Object.entries({
    sr: 'senior',
    snr: 'senior',
    jr: 'junior',
    jnr: 'junior',
    vp: 'vice president',
    svp: 'senior vice president',
    evp: 'executive vice president',
    avp: 'assistant vice president',
    eng: 'engineer',
    engr: 'engineer',
    engineering: 'engineer',
    dev: 'developer',
    mgr: 'manager',
    mngr: 'manager',
    mgmt: 'management',
    dir: 'director',
    asst: 'assistant',
    assoc: 'associate',
    admin: 'administrator',
    exec: 'executive',
    rep: 'representative',
    tech: 'technician',
    ops: 'operations',
    hr: 'human resources',
    qa: 'quality assurance',
    pm: 'project manager',
    swe: 'software engineer',
    sde: 'software engineer',
    ceo: 'chief executive officer',
    cto: 'chief technology officer',
    cfo: 'chief financial officer',
    coo: 'chief operating officer',
    cmo: 'chief marketing officer',
    cio: 'chief information officer',
  }),
);
const SMALL = new Set('of the and for in at de der la und et y e i ii iii iv'.split(' '));

/** The words of a job title, each once, in alphabetical order. Empty where it says nothing. */
export function canonicalTitle(raw: string): string[] {
  const words = anyAscii(raw.normalize('NFKC'))
    .toLowerCase()
    .split(/[^a-z0-9+#]+/)
    .filter(Boolean)
    .flatMap((word) => (EXPANSIONS.get(word) ?? word).split(' '))
    .filter((word) => !SMALL.has(word));
  if (
    /^(n a|na|none|null|unknown|student|unemployed|other|employee|test|candidate|applicant)$/.test(
      words.join(' '),
    )
  )
    return [];
  return [...new Set(words)].sort();
}
