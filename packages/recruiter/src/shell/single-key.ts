import { useEffect, useEffectEvent } from 'react';
import { usePreference } from './preferences.ts';

/** Runs `action` on one key without modifiers, outside of fields and of what lies over the page, if the user wants it. */
export function useSingleKey(key: string, action: () => void): void {
  const isOn = usePreference('singleKeys') === 'on';
  const run = useEffectEvent(action);
  useEffect(() => {
    if (!isOn) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented)
        return;
      const target = event.target instanceof Element ? event.target : document.body;
      if (
        target.closest(
          'input:not([type=checkbox], [type=radio]), textarea, select, [role=dialog], [role=menu]',
        )
      )
        return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [key, isOn]);
}
