import type { ReactNode } from 'react';

/** Drawn on a 16-pixel grid with one line width, in the colour of the text around. Decoration: names stand beside. */
export function Icon({ children, size = 16 }: { children: ReactNode; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
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

/** Two bights that hold each other: the mark of the product, and of what is joined. */
export function Knot({ size = 24 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={size < 20 ? 3 : 2.25}
      strokeLinecap="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d="M2 6h11a4 4 0 0 1 3.71 2.5M16.71 11.5A4 4 0 0 1 13 14H2" />
      <path d="M22 10H11a4 4 0 0 0-3.71 2.5M7.29 15.5A4 4 0 0 0 11 18h11" />
    </svg>
  );
}

export const SearchIcon = () => (
  <Icon>
    <circle cx="7" cy="7" r="4.5" />
    <path d="m10.5 10.5 3.5 3.5" />
  </Icon>
);
export const CloseIcon = ({ size = 16 }: { size?: number }) => (
  <Icon size={size}>
    <path d="m4 4 8 8M12 4l-8 8" />
  </Icon>
);
export const BellIcon = () => (
  <Icon size={18}>
    <path d="M3 11.5h10c-1-1-1.3-2.2-1.3-4.5a3.7 3.7 0 0 0-7.4 0c0 2.3-.3 3.5-1.3 4.5ZM6.5 13.7a1.6 1.6 0 0 0 3 0" />
  </Icon>
);
export const DotsIcon = () => (
  <Icon>
    <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth="2.25" />
  </Icon>
);
export const ChevronIcon = () => (
  <Icon>
    <path d="m4 6 4 4 4-4" />
  </Icon>
);
export const BackIcon = () => (
  <Icon>
    <path d="M10 3.5 5.5 8l4.5 4.5" />
  </Icon>
);
export const ForwardIcon = () => (
  <Icon>
    <path d="M6 3.5 10.5 8 6 12.5" />
  </Icon>
);
export const OutwardIcon = ({ size = 12 }: { size?: number }) => (
  <Icon size={size}>
    <path d="M6 4h6v6M12 4 4 12" />
  </Icon>
);
export const CheckIcon = () => (
  <Icon>
    <path d="m3.5 8.5 3 3 6-7" />
  </Icon>
);
export const FilterIcon = () => (
  <Icon>
    <path d="M2.5 4h11M4.5 8h7M6.5 12h3" />
  </Icon>
);
export const CardsIcon = () => (
  <Icon>
    <rect x="2.5" y="3" width="11" height="4" rx="1" />
    <rect x="2.5" y="9.5" width="11" height="4" rx="1" />
  </Icon>
);
export const TableIcon = () => (
  <Icon>
    <path d="M2.5 3.5h11M2.5 6.5h11M2.5 9.5h11M2.5 12.5h11" />
  </Icon>
);
export const ViewsIcon = () => (
  <Icon size={14}>
    <path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8Z" />
    <circle cx="8" cy="8" r="1.75" />
  </Icon>
);
export const NotesIcon = () => (
  <Icon size={14}>
    <path d="M3.5 2.5h9v8l-3 3h-6zM12.5 10.5h-3v3M5.75 5.5h4.5M5.75 8h3" />
  </Icon>
);
export const MailIcon = () => (
  <Icon size={14}>
    <rect x="2" y="3.5" width="12" height="9" rx="1.5" />
    <path d="m2.5 4.5 5.5 4 5.5-4" />
  </Icon>
);
export const PhoneIcon = () => (
  <Icon size={14}>
    <rect x="4.5" y="1.5" width="7" height="13" rx="1.5" />
    <path d="M8 12h.01" />
  </Icon>
);
export const FileIcon = () => (
  <Icon>
    <path d="M4 1.75h5l3.5 3.5v9H4zM9 1.75v3.5h3.5" />
  </Icon>
);
export const DownloadIcon = () => (
  <Icon>
    <path d="M8 2.5v7.5M4.5 7 8 10.5 11.5 7M2.5 13.5h11" />
  </Icon>
);
export const WarningIcon = () => (
  <Icon>
    <path d="M8 2.5 14 13H2zM8 6.5v3M8 11.25h.01" />
  </Icon>
);
export const EmptyIcon = () => (
  <Icon size={32}>
    <circle cx="7" cy="7" r="4.5" strokeWidth="1" />
    <path d="m10.5 10.5 3.5 3.5M5.25 7h3.5" strokeWidth="1" />
  </Icon>
);
