/** The same, with the latest answers kept: what is asked about comes again and again. Memory is bounded by `most` texts. */
export function remembered<T>(make: (text: string) => T, most = 4_000): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    // Null is an answer; undefined is none.
    if (found !== undefined) return found;
    const made = make(text);
    if (known.size >= most) known.clear();
    known.set(text, made);
    return made;
  };
}
