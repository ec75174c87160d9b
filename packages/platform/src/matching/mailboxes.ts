/** Mailboxes that several read, without dots, dashes and underscores. */
export const ROLE_LOCAL_PARTS: ReadonlySet<string> = new Set(
  `abuse accounting accounts admin administration administrator agency apply application applications billing bewerbung
  bewerbungen board booking career careers candidates candidate compliance contact contactus cv customerservice enquiries
  enquiry finance frontdesk hello help helpdesk hi hiring hostmaster hr humanresources info information inquiries inquiry
  invoice invoices jobs job kontakt legal mail mailbox mailerdaemon manager marketing media news newsletter office
  operations ops orders payroll personnel post postmaster press privacy recruit recruiter recruiters recruiting
  recruitment recruitmentteam reception referrals registrar resume resumes root sales secretary security service staff
  staffing subscribe sourcing support talent talentacquisition team tech vacancies vacancy webmaster welcome work`
    .split(/\s+/)
    .filter(Boolean),
);

/** What is typed where an address is demanded and nobody has one, and mailboxes that only send. */
export const PLACEHOLDER_LOCAL_PARTS =
  /^(no|n|na|n\.a|none|null|nil|unknown|undefined|anonymous|test|tester|testing|dummy|fake|example|sample|asdf+|qwerty|xx+|aaa+|no[._-]?e?-?mail|not?[._-]?(available|provided|given|applicable)|do[._-]?not[._-]?reply|no[._-]?reply([._+-].*)?)$/;

/**
 * Relays of job boards and of ATSs: each address stands for one posting, none for a person's mailbox. The names that are
 * reserved for examples are not among them: in a trial they are everybody's addresses.
 */
export const PLACEHOLDER_DOMAINS =
  /(^|\.)(indeedemail\.com|indeedmail\.com|myworkday\.com|workdayjobs\.com|craigslist\.org|noemail\.com|nomail\.com|no-email\.com|noreply\.github\.com)$/;

/** Mailboxes that are thrown away, and then belong to whoever asks for the name next. */
export const DISPOSABLE_DOMAINS: ReadonlySet<string> = new Set(
  `10minutemail.com 10minutemail.net 20minutemail.com 33mail.com anonbox.net burnermail.io byom.de cock.li deadaddress.com
  discard.email discardmail.com discardmail.de dispostable.com dropmail.me emailondeck.com fakeinbox.com fakemail.net
  getairmail.com getnada.com grr.la guerrillamail.biz guerrillamail.com guerrillamail.de guerrillamail.info
  guerrillamail.net guerrillamail.org guerrillamailblock.com harakirimail.com inboxbear.com inboxkitten.com incognitomail.org
  jetable.org mail-temp.com mail.tm mailcatch.com maildrop.cc mailexpire.com mailinator.com mailinator.net mailinator2.com
  mailnesia.com mailnull.com mailpoof.com mailsac.com mailtemp.info meltmail.com minutemail.com mintemail.com moakt.com
  mohmal.com mt2015.com mytemp.email mytrashmail.com nada.email nowmymail.com objectmail.com pokemail.net sharklasers.com
  smailpro.com spam4.me spambog.com spambox.us spamex.com spamgourmet.com spamspot.com temp-mail.io temp-mail.org
  tempail.com tempinbox.com tempmail.com tempmail.dev tempmail.net tempmail.plus tempmailo.com tempr.email throwawaymail.com
  trash-mail.com trashmail.com trashmail.de trashmail.net trbvm.com wegwerfmail.de wegwerfmail.net yopmail.com yopmail.fr
  yopmail.net zetmail.com`
    .split(/\s+/)
    .filter(Boolean),
);
