/** Globs over `source: check`, as waivers have them. Pure. */

/** Whether the pattern may match something of this source. `false` is certain. */
export function mayConcern(pattern: string, source: string): boolean {
  const start = fixedStart(pattern);
  const title = `${source}: `;
  return start.startsWith(title) || title.startsWith(start) || pattern.startsWith(title);
}

/** Whether the pattern can match nothing but what this source has. `true` is certain. */
export function concernsOnly(pattern: string, source: string): boolean {
  return fixedStart(pattern).startsWith(`${source}: `);
}

/** What stands before the first character that may have a meaning; nothing where the whole may be a list of alternatives. */
function fixedStart(pattern: string): string {
  return pattern.includes('|') ? '' : pattern.slice(0, pattern.search(/[*?[\](){}!+@"\\]|$/));
}
