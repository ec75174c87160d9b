import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { Words } from './words.ts';

const TABS = ['profile', 'activities'] as const;
export type Tab = (typeof TABS)[number];

/** Arrow keys go between the tabs, as readers of a tab list expect. */
export function Tabs({
  chosen,
  choose,
  words,
  children,
}: {
  chosen: Tab;
  choose(tab: Tab): void;
  words: Words;
  children: ComponentChildren;
}) {
  const list = useRef<HTMLDivElement>(null);
  const step = (event: KeyboardEvent) => {
    const to = { ArrowRight: 1, ArrowLeft: -1, Home: -TABS.indexOf(chosen), End: TABS.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = TABS[(TABS.indexOf(chosen) + to + TABS.length) % TABS.length] ?? chosen;
    choose(next);
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    <>
      <div class="tabs" role="tablist" aria-label={words.tabsLabel} ref={list} onKeyDown={step}>
        {TABS.map((tab) => (
          <button
            key={tab}
            type="button"
            role="tab"
            id={`tab-${tab}`}
            aria-selected={tab === chosen}
            aria-controls="tab-panel"
            tabIndex={tab === chosen ? 0 : -1}
            onClick={() => choose(tab)}
          >
            {words.tabs[tab]}
          </button>
        ))}
      </div>
      <div class="tab-panel" role="tabpanel" id="tab-panel" aria-labelledby={`tab-${chosen}`}>
        {children}
      </div>
    </>
  );
}
