/** Finds which file of a commit a report means: tools write paths from another root, or packages. Pure. */

/**
 * The file of exactly this path; else the one whose path this one ends with, the longest first (`/app/src/a.js`,
 * `example.test/module/a.go`); else the only one that ends with this path (`com/example/A.java`).
 */
export function pathsAmong(known: readonly string[]): (path: string) => string | undefined {
  const all = new Set(known);
  const byName = new Map<string, string[]>();
  for (const path of known) {
    const same = byName.get(nameOf(path));
    if (same) same.push(path);
    else byName.set(nameOf(path), [path]);
  }
  return (path) => {
    if (all.has(path)) return path;
    for (let start = path.indexOf('/') + 1; start > 0; start = path.indexOf('/', start) + 1) {
      const tail = path.slice(start);
      if (all.has(tail)) return tail;
    }
    const longer = (byName.get(nameOf(path)) ?? []).filter((candidate) => candidate.endsWith(`/${path}`));
    return longer.length === 1 ? longer[0] : undefined;
  };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
