import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** `minute`: date and time. */
export function Moment({ at, lang, to }: { at: number; lang: string; to: 'day' | 'minute' }) {
  return <time dateTime={new Date(at).toISOString()}>{momentText(at, lang, to)}</time>;
}

const STYLES = {
  day: { dateStyle: 'long' },
  minute: { dateStyle: 'long', timeStyle: 'short' },
} as const;

export function momentText(at: number, lang: string, to: 'day' | 'minute'): string {
  return new Intl.DateTimeFormat(lang.replace('_', '-'), STYLES[to]).format(at);
}

/** Decoration: the name stands beside. */
export function Avatar({ name, url, isBig = false }: { name: string; url: string | null; isBig?: boolean }) {
  const [isBroken, setBroken] = useState(false);
  const [first = '', ...more] = name.split(/\s+/);
  return (
    <span
      class={isBig ? 'avatar big' : 'avatar'}
      data-initials={`${first[0] ?? ''}${more.at(-1)?.[0] ?? ''}`}
      aria-hidden="true"
    >
      {url && !isBroken && <img src={url} alt="" onError={() => setBroken(true)} />}
    </span>
  );
}

/** A block of the profile; `empty` stands where there is nothing to list. */
export function Block({
  title,
  empty,
  children,
}: {
  title: string;
  empty?: string | false;
  children?: ComponentChildren;
}) {
  return (
    <section class="block">
      <h2>{title}</h2>
      {empty ? <p class="muted">{empty}</p> : children}
    </section>
  );
}

/** Opens below what opened it, takes the focus, and gives it back: by Escape, by "Cancel", or when it is done. */
export function Panel({
  id,
  title,
  close,
  children,
}: {
  id: string;
  title: string;
  close(): void;
  children: ComponentChildren;
}) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const first = panel.current?.querySelector<HTMLElement>('input, select, textarea, button');
    first?.focus();
  }, []);
  return (
    <section
      id={id}
      class="panel"
      ref={panel}
      aria-labelledby={`${id}-title`}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  );
}

/** The first `first` of a list, and a button for the others, which keeps the focus. */
export function Growing({
  items,
  first,
  more,
  fewer,
  shown,
  class: name,
}: {
  items: readonly ComponentChildren[];
  first: number;
  more(n: number): string;
  fewer: string;
  shown(n: number): string;
  class: string;
}) {
  const [isWhole, setWhole] = useState(false);
  const hidden = items.length - first;
  return (
    <>
      <ul class={name}>
        {(isWhole ? items : items.slice(0, first)).map((item, no) => (
          <li key={no}>{item}</li>
        ))}
      </ul>
      {hidden > 0 && (
        <button type="button" class="button-text" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? fewer : more(hidden)}
        </button>
      )}
      <p class="hearable" role="status">
        {isWhole ? shown(hidden) : ''}
      </p>
    </>
  );
}
