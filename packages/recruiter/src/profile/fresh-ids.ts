import { useEffect, useRef, useState } from 'react';

/** Of the ids on the screen, those that came after the first showing: what is new since the reader opened the page. */
export function useFreshIds(ids: readonly string[]): ReadonlySet<string> {
  const [known, setKnown] = useState(() => new Set(ids));
  const [fresh, setFresh] = useState<ReadonlySet<string>>(() => new Set());
  const arrived = ids.filter((id) => !known.has(id));
  if (arrived.length > 0) {
    setKnown(new Set([...known, ...ids]));
    setFresh(new Set(arrived));
  }
  return fresh;
}

/** Calls `tell` with the number of what has just arrived, once for each arrival. */
export function useArrivals(fresh: ReadonlySet<string>, tell: (count: number) => void): void {
  const told = useRef(fresh);
  useEffect(() => {
    if (told.current === fresh) return;
    told.current = fresh;
    tell(fresh.size);
  }, [fresh, tell]);
}
