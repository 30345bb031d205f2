// A bounded cache in two generations: imports repeat the same strings millions of times, and a
// full LRU would cost more on each hit than most of the derivations it saves.

export interface Cache<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
}

/** Keeps between `size` and 2 × `size` of the most recently used entries. */
export function createCache<V>(size: number): Cache<V> {
  let young = new Map<string, V>();
  let old = new Map<string, V>();

  function set(key: string, value: V): void {
    if (young.size >= size) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
  }

  return {
    set,
    get(key) {
      const hit = young.get(key);
      if (hit !== undefined) return hit;
      const kept = old.get(key);
      if (kept !== undefined) set(key, kept);
      return kept;
    },
  };
}

/** Wraps a pure function of one string; strings longer than `longest` are computed each time, so junk cannot fill memory. */
export function cached<V>(size: number, compute: (key: string) => V, longest = 4096): (key: string) => V {
  const cache = createCache<V>(size);
  return (key) => {
    const hit = cache.get(key);
    if (hit !== undefined) return hit;
    const value = compute(key);
    if (key.length <= longest) cache.set(key, value);
    return value;
  };
}
