import type { Ref } from 'react';
import { SearchIcon } from './icons.tsx';
import css from './search-input.module.css';

interface SearchInputProps {
  label: string;
  hint: string;
  value: string;
  change(value: string): void;
  maxLength?: number;
  ref?: Ref<HTMLInputElement>;
}

/** A field above what it finds. */
export function SearchInput({ label, hint, value, change, maxLength = 200, ref }: SearchInputProps) {
  return (
    <div className={css.search}>
      <SearchIcon />
      <input
        ref={ref}
        className={css.input}
        type="text"
        inputMode="search"
        autoComplete="off"
        spellCheck={false}
        maxLength={maxLength}
        aria-label={label}
        placeholder={hint}
        value={value}
        onChange={(event) => change(event.target.value)}
      />
    </div>
  );
}
