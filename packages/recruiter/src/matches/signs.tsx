import type { ReactNode } from 'react';

function Sign({ children }: { children: ReactNode }) {
  return (
    <svg
      width={16}
      height={16}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

export const AlmostIcon = () => (
  <Sign>
    <path d="M2.5 9.5c2-3 3.5-3 5.5-1.5s3.5 1.5 5.5-1.5" />
  </Sign>
);
export const DiffersIcon = () => (
  <Sign>
    <path d="M3 6h10M3 10h10M10.5 3l-5 10" />
  </Sign>
);
export const LinkIcon = () => (
  <Sign>
    <path d="M6.5 9.5 9.5 6.5M7 4.5 8.5 3a3.2 3.2 0 0 1 4.5 4.5L11.5 9M9 11.5 7.5 13A3.2 3.2 0 0 1 3 8.5L4.5 7" />
  </Sign>
);
