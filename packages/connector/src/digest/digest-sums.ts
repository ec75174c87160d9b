import { DEEPEST_NODE } from '@carrick/protocol';

const LEAVES = 16 ** DEEPEST_NODE;
const WORDS = 4;

export interface Node {
  readonly path: string;
  readonly digest: string;
  readonly rows: number;
}

/** The sums of a kind's digests at the deepest nodes: 1.3 MB, however many records there are. */
export class DigestSums {
  readonly #words = new Uint32Array(LEAVES * WORDS);
  readonly #rows = new Uint32Array(LEAVES);

  add(digest: string): void {
    const leaf = Number.parseInt(digest.slice(0, DEEPEST_NODE), 16);
    for (let word = 0; word < WORDS; word++)
      this.#words[leaf * WORDS + word]! ^= Number.parseInt(digest.slice(word * 8, word * 8 + 8), 16);
    this.#rows[leaf]!++;
  }

  /** What is below a node, of which nothing but its name is known. */
  node(path: string): Node {
    const span = 16 ** (DEEPEST_NODE - path.length);
    const from = path === '' ? 0 : Number.parseInt(path, 16) * span;
    const sum = new Uint32Array(WORDS);
    let rows = 0;
    for (let leaf = from; leaf < from + span; leaf++) {
      rows += this.#rows[leaf]!;
      for (let word = 0; word < WORDS; word++) sum[word]! ^= this.#words[leaf * WORDS + word]!;
    }
    return { path, digest: [...sum].map((word) => word.toString(16).padStart(8, '0')).join(''), rows };
  }

  /** All nodes so many levels below some others. */
  nodesBelow(paths: readonly string[], levels: number): Node[] {
    const names = Array.from({ length: 16 ** levels }, (_, index) =>
      levels === 0 ? '' : index.toString(16).padStart(levels, '0'),
    );
    return paths.flatMap((path) => names.map((name) => this.node(path + name)));
  }
}

/** Of two sets without a common record, or of a set and a part of it that is taken away. */
export function joinedDigest(a: string, b: string): string {
  let joined = '';
  for (let at = 0; at < a.length; at += 8) {
    const word = Number.parseInt(a.slice(at, at + 8), 16) ^ Number.parseInt(b.slice(at, at + 8), 16);
    joined += (word >>> 0).toString(16).padStart(8, '0');
  }
  return joined;
}
