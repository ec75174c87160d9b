/**
 * The same, with the latest answers kept: what is asked about comes again and again. Memory is bounded by `most` texts, in two
 * halves: when the younger is full it becomes the older, so what is asked about often is never forgotten at once with the rest.
 */
export function remembered<T>(make: (text: string) => T, most = 4_000): (text: string) => T {
  let young = new Map<string, T>();
  let old = new Map<string, T>();
  return (text) => {
    // Null is an answer; undefined is none.
    let answer = young.get(text);
    if (answer !== undefined) return answer;
    answer = old.get(text) ?? make(text);
    if (young.size >= most / 2) {
      old = young;
      young = new Map();
    }
    young.set(text, answer);
    return answer;
  };
}
