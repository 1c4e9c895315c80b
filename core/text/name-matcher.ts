/** Names and patterns of names, as people configure them. */
import picomatch from 'picomatch';

/** Names are matched as a whole or as a glob; `*` crosses slashes, since check names are not paths. */
export function nameMatcher(patterns: readonly string[]): (name: string) => boolean {
  if (patterns.length === 0) return () => false;
  const globs = patterns.map(globMatcher);
  return (name) => patterns.includes(name) || globs.some((matches) => matches(name));
}

function globMatcher(pattern: string): (name: string) => boolean {
  if (isPlain(pattern)) return (name) => matchesStars(pattern.split('*'), name);
  return picomatch(pattern, { bash: true, dot: true, nonegate: true });
}

/** Nothing but single stars among letters, as most are. The library's patterns try all places of each star with all of the others. */
function isPlain(pattern: string): boolean {
  return /^(?!\.|\/)[\p{L}\p{N} _:,.#/-]*(?:\*[\p{L}\p{N} _:,.#/-]+)*\*?$/u.test(pattern) && !/\.\/|\/$/.test(pattern);
}

/** The texts between the stars, each at the first place behind the one before it. */
function matchesStars(parts: readonly string[], name: string): boolean {
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (parts.length === 1) return name === first;
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
}
