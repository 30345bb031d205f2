// The three signs of the shell. Each stands in a button that has a name of its own.
const box = { width: 16, height: 16, viewBox: '0 0 16 16', fill: 'none', stroke: 'currentColor', strokeWidth: 1.5 };

export const SearchIcon = () => (
  <svg {...box} aria-hidden="true">
    <circle cx="7" cy="7" r="4.5" />
    <path d="m10.5 10.5 3.5 3.5" />
  </svg>
);
export const BellIcon = () => (
  <svg {...box} aria-hidden="true">
    <path d="M3 11.5h10c-1-1-1.3-2-1.3-4.5a3.7 3.7 0 0 0-7.4 0C4.300 9.500 4 10.500 3 11.500ZM6.500 13.500h3" />
  </svg>
);
export const HelpIcon = () => (
  <svg {...box} aria-hidden="true">
    <circle cx="8" cy="8" r="6.25" />
    <path d="M6.200 6.300a1.900 1.900 0 1 1 2.700 1.900c-.600.300-.900.700-.900 1.300M8 11.300v.700" />
  </svg>
);
