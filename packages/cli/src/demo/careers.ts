/** Lines of work of the demo world: titles from junior to senior, skills, and the jobs the company posts in them. */
export interface Career {
  readonly industry: string;
  readonly titles: readonly string[];
  readonly field: string;
  readonly skills: readonly string[];
}

export const CAREERS: readonly Career[] = [
  {
    industry: 'Software Development',
    titles: ['Software Engineer', 'Senior Software Engineer', 'Staff Engineer', 'Engineering Manager'],
    field: 'Computer Science',
    skills: [
      'TypeScript',
      'PostgreSQL',
      'Go',
      'Kubernetes',
      'React',
      'Distributed Systems',
      'Rust',
      'API Design',
    ],
  },
  {
    industry: 'Information Services',
    titles: ['Data Analyst', 'Data Scientist', 'Senior Data Scientist', 'Head of Data'],
    field: 'Statistics',
    skills: [
      'Python',
      'SQL',
      'Forecasting',
      'Experiment Design',
      'dbt',
      'Machine Learning',
      'Causal Inference',
    ],
  },
  {
    industry: 'Design Services',
    titles: ['Product Designer', 'Senior Product Designer', 'Design Lead', 'Head of Design'],
    field: 'Interaction Design',
    skills: ['Figma', 'Accessibility', 'User Research', 'Prototyping', 'Design Systems', 'Typography'],
  },
  {
    industry: 'Technology, Information and Internet',
    titles: ['Associate Product Manager', 'Product Manager', 'Senior Product Manager', 'Director of Product'],
    field: 'Economics',
    skills: ['Roadmapping', 'Discovery', 'Pricing', 'Analytics', 'Stakeholder Management', 'Marketplaces'],
  },
  {
    industry: 'Wholesale',
    titles: ['Sales Representative', 'Account Executive', 'Senior Account Executive', 'Sales Director'],
    field: 'Business Administration',
    skills: ['Negotiation', 'Forecasting', 'Key Accounts', 'CRM', 'Outdoor Equipment', 'Channel Sales'],
  },
  {
    industry: 'Transportation, Logistics, Supply Chain and Storage',
    titles: ['Logistics Coordinator', 'Supply Chain Planner', 'Operations Manager', 'Director of Operations'],
    field: 'Industrial Engineering',
    skills: ['Inventory', 'Procurement', 'Lean', 'Freight', 'S&OP', 'Warehouse Management', 'Customs'],
  },
  {
    industry: 'Staffing and Recruiting',
    titles: ['HR Generalist', 'Talent Partner', 'Senior Talent Partner', 'Head of People'],
    field: 'Psychology',
    skills: ['Sourcing', 'Onboarding', 'Labour Law', 'Compensation', 'Employer Branding'],
  },
  {
    industry: 'Manufacturing',
    titles: ['Technician', 'Mechanical Engineer', 'Senior Mechanical Engineer', 'Plant Manager'],
    field: 'Mechanical Engineering',
    skills: ['CAD', 'Tolerancing', 'Textiles', 'Quality Assurance', 'Prototyping', 'ISO 9001'],
  },
  {
    industry: 'Financial Services',
    titles: ['Accountant', 'Financial Analyst', 'Finance Manager', 'Finance Director'],
    field: 'Accounting',
    skills: ['IFRS', 'Budgeting', 'Consolidation', 'Audit', 'Treasury', 'Excel'],
  },
];

export const COMPANIES = [
  'Brightwater Foods',
  'Kestrel Mobility',
  'Nordlys Energi',
  'Atelier Sauvage',
  'Oro Verde Coffee',
  'Tessellate Labs',
  'Quayside Bank',
  'Umbra Health',
  'Sable & Finch',
  'Meridian Rail',
  'Copperleaf Paper',
  'Ilex Robotics',
  'Juniper Post',
  'Harbour Lights Hotels',
  'Pelagic Foods',
  'Zenith Textiles',
  'Fathom Maps',
  'Borealis Games',
  'Lanternfish',
  'Windrose Air',
] as const;

export const SCHOOLS = [
  'University of Westhaven',
  'Technische Hochschule Elbtal',
  'Universidad del Mar',
  'École des Métiers',
  'Halvard Polytechnic',
  'National Institute of Riverton',
  'Academy of Saint Orla',
  'Pacific State University',
  'Universitet Nordvik',
  'Lotus Valley College',
] as const;

export const DEGREES = ['BSc', 'BA', 'MSc', 'MA', 'MBA', 'Diploma'] as const;

export interface JobPlan {
  readonly id: string;
  readonly title: string;
  readonly career: number;
  readonly location: string;
  readonly isClosed: boolean;
  /** Months ago. */
  readonly listed: number;
  /** Visible to one recruiter only. */
  readonly isSecured?: true;
}

export const JOBS: readonly JobPlan[] = [
  {
    id: 'HP-101',
    title: 'Senior Software Engineer',
    career: 0,
    location: 'Hamburg, Germany',
    isClosed: false,
    listed: 4,
  },
  {
    id: 'HP-102',
    title: 'Engineering Manager, Platform',
    career: 0,
    location: 'Remote',
    isClosed: false,
    listed: 2,
  },
  {
    id: 'HP-087',
    title: 'Software Engineer',
    career: 0,
    location: 'Hamburg, Germany',
    isClosed: true,
    listed: 20,
  },
  {
    id: 'HP-104',
    title: 'Data Scientist, Demand',
    career: 1,
    location: 'Lyon, France',
    isClosed: false,
    listed: 5,
  },
  {
    id: 'HP-105',
    title: 'Product Designer',
    career: 2,
    location: 'Bristol, United Kingdom',
    isClosed: false,
    listed: 3,
  },
  {
    id: 'HP-079',
    title: 'Senior Product Designer',
    career: 2,
    location: 'Bristol, United Kingdom',
    isClosed: true,
    listed: 23,
  },
  {
    id: 'HP-107',
    title: 'Product Manager, Trail',
    career: 3,
    location: 'Portland, Oregon',
    isClosed: false,
    listed: 6,
  },
  {
    id: 'HP-091',
    title: 'Account Executive, Asia',
    career: 4,
    location: '福岡市, Japan',
    isClosed: true,
    listed: 16,
  },
  {
    id: 'HP-109',
    title: 'Supply Chain Planner',
    career: 5,
    location: 'Gdańsk, Poland',
    isClosed: false,
    listed: 5,
  },
  {
    id: 'HP-110',
    title: 'Director of Operations (confidential)',
    career: 5,
    location: 'Hamburg, Germany',
    isClosed: false,
    listed: 3,
    isSecured: true,
  },
  {
    id: 'HP-094',
    title: 'Mechanical Engineer, Tents',
    career: 7,
    location: 'İzmir, Türkiye',
    isClosed: true,
    listed: 13,
  },
  {
    id: 'HP-112',
    title: 'Finance Manager',
    career: 8,
    location: 'Portland, Oregon',
    isClosed: false,
    listed: 4,
  },
];
