/** Names and patterns of names, as people configure them. */
import picomatch from 'picomatch';

/** Names are matched as a whole or as a glob; `*` crosses slashes, since check names are not paths. */
export function nameMatcher(patterns: readonly string[]): (name: string) => boolean {
  if (patterns.length === 0) return () => false;
  const globs = patterns.map((pattern) => picomatch(pattern, { bash: true, dot: true, nonegate: true }));
  return (name) => patterns.includes(name) || globs.some((matches) => matches(name));
}
