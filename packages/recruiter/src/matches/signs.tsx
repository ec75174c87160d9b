import { Icon } from '../elements/icons.tsx';

/** Between two sides: nearly the same, another, tied. */
export const AlmostIcon = () => (
  <Icon>
    <path d="M2.5 9.5c2-3 3.5-3 5.5-1.5s3.5 1.5 5.5-1.5" />
  </Icon>
);
export const DiffersIcon = () => (
  <Icon>
    <path d="M3 6h10M3 10h10M10.5 3l-5 10" />
  </Icon>
);
export const LinkIcon = () => (
  <Icon>
    <path d="M6.5 9.5 9.5 6.5M7 4.5 8.5 3a3.2 3.2 0 0 1 4.5 4.5L11.5 9M9 11.5 7.5 13A3.2 3.2 0 0 1 3 8.5L4.5 7" />
  </Icon>
);
