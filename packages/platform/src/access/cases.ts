/**
 * The access rules as a table: a world of one job and one seat, and whether the seat sees an application on that job.
 * Run against the policy function, the SQL condition and the running application.
 */
export interface AccessCase {
  readonly name: string;
  readonly rule: 'AC1' | 'AC2' | 'AC3' | 'AC4' | 'AC5' | 'AC6' | 'AC7';
  /** Has the ATS sent the job? */
  readonly isJobKnown?: boolean;
  readonly isJobRestricted?: boolean;
  readonly isApplicationRestricted?: boolean;
  /** ACLs on the job. */
  readonly acls?: readonly string[];
  /** ACLs the seat's member is an assignee of. */
  readonly assigned?: readonly string[];
  /** ACLs of the same names in the organisation's other ATS. */
  readonly assignedElsewhere?: readonly string[];
  /** APPLICATION_VIEWERS is ALL_PRODUCT_USERS. */
  readonly isOpen?: boolean;
  readonly isEnabled?: boolean;
  readonly isVisible: boolean;
}

const ACCESS_CASES: readonly AccessCase[] = [
  { rule: 'AC1', name: 'assignee of the only ACL', acls: ['hiring'], assigned: ['hiring'], isVisible: true },
  {
    rule: 'AC1',
    name: 'assignee of one of two ACLs',
    acls: ['hiring', 'board'],
    assigned: ['board'],
    isVisible: true,
  },
  { rule: 'AC1', name: 'assignee of another ACL', acls: ['hiring'], assigned: ['board'], isVisible: false },
  { rule: 'AC1', name: 'assignee of none', acls: ['hiring'], isVisible: false },
  {
    rule: 'AC1',
    name: 'the same name in another ATS',
    acls: ['hiring'],
    assignedElsewhere: ['hiring'],
    isVisible: false,
  },
  {
    rule: 'AC1',
    name: 'an ACL that differs in case',
    acls: ['Hiring'],
    assigned: ['hiring'],
    isVisible: false,
  },
  { rule: 'AC2', name: 'the everyone ACL alone', acls: ['ALL_PRODUCT_USERS'], isVisible: true },
  {
    rule: 'AC2',
    name: 'the everyone ACL beside another',
    acls: ['board', 'ALL_PRODUCT_USERS'],
    isVisible: true,
  },
  {
    rule: 'AC2',
    name: 'the everyone ACL on a restricted job',
    acls: ['ALL_PRODUCT_USERS'],
    isJobRestricted: true,
    isVisible: true,
  },
  { rule: 'AC3', name: 'no ACL, jobs opened', isOpen: true, isVisible: true },
  { rule: 'AC3', name: 'no ACL, nothing opened', isVisible: false },
  { rule: 'AC3', name: 'no ACL, nothing opened, assignee of some', assigned: ['hiring'], isVisible: false },
  {
    rule: 'AC4',
    name: 'an ACL, jobs opened, not its assignee',
    acls: ['hiring'],
    isOpen: true,
    isVisible: false,
  },
  {
    rule: 'AC4',
    name: 'an ACL, nothing opened, its assignee',
    acls: ['hiring'],
    assigned: ['hiring'],
    isVisible: true,
  },
  {
    rule: 'AC5',
    name: 'restricted application, no ACL, jobs opened',
    isApplicationRestricted: true,
    isOpen: true,
    isVisible: false,
  },
  {
    rule: 'AC5',
    name: 'restricted job, no ACL, jobs opened',
    isJobRestricted: true,
    isOpen: true,
    isVisible: false,
  },
  { rule: 'AC5', name: 'unrestricted opens nothing', isApplicationRestricted: false, isVisible: false },
  {
    rule: 'AC5',
    name: 'unrestricted does not open a secured job',
    isApplicationRestricted: false,
    acls: ['hiring'],
    isOpen: true,
    isVisible: false,
  },
  {
    rule: 'AC5',
    name: 'restricted application, assignee',
    isApplicationRestricted: true,
    acls: ['hiring'],
    assigned: ['hiring'],
    isVisible: true,
  },
  {
    rule: 'AC6',
    name: 'unknown job, no ACL, jobs opened',
    isJobKnown: false,
    isOpen: true,
    isVisible: false,
  },
  {
    rule: 'AC6',
    name: 'unknown job, assignee of its ACL',
    isJobKnown: false,
    acls: ['hiring'],
    assigned: ['hiring'],
    isVisible: true,
  },
  {
    rule: 'AC6',
    name: 'unknown job, ACL of others',
    isJobKnown: false,
    acls: ['hiring'],
    isOpen: true,
    isVisible: false,
  },
  {
    rule: 'AC7',
    name: 'indicator not enabled, jobs opened',
    isEnabled: false,
    isOpen: true,
    isVisible: false,
  },
  {
    rule: 'AC7',
    name: 'indicator not enabled, assignee',
    isEnabled: false,
    acls: ['hiring'],
    assigned: ['hiring'],
    isVisible: false,
  },
  {
    rule: 'AC7',
    name: 'indicator not enabled, everyone ACL',
    isEnabled: false,
    acls: ['ALL_PRODUCT_USERS'],
    isVisible: false,
  },
];

export function casesOf(rule: AccessCase['rule']): AccessCase[] {
  return ACCESS_CASES.filter((accessCase) => accessCase.rule === rule);
}
