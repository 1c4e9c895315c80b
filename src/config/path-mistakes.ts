/**
 * What can be told of paths and globs from their words alone. What lies in a file system may be called nearly anything: only what
 * leads elsewhere, what a glob cannot match, or what surely nobody means is a mistake. All give the rest of a sentence. Pure.
 */
import { posix } from 'node:path';

/** Why the words cannot mean a file of the workspace, as the rest of a sentence. */
export function outOfWorkspace(words: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(words)) return 'is an address, not a path in the workspace';
  if (/^(?:\/|\\[\\\p{L}\p{N}_.]|~(?:[/\\]|$)|[a-z]:[/\\])/iu.test(words)) {
    return 'is not below the workspace; please write a path relative to it';
  }
  if (/\p{Cc}/u.test(words)) return 'has a line break or another control character in it, which no path here has';
  if (!stepsUp(words)) return undefined;
  const leaves = posix.normalize(words.replaceAll('\\', '/')).startsWith('..') || /[{(]/.test(words);
  return leaves
    ? 'leads out of the workspace; please write a path below it, without `..`'
    : 'has `..` in it; please write the path without a step up';
}

/** Between slashes, or as an alternative of a glob. */
function stepsUp(words: string): boolean {
  const segments = /[{(]/.test(words) ? words.split(/[/\\{},()|]/) : words.split(/[/\\]/);
  return segments.includes('..');
}

/** No path is longer; a list of alternatives that is, is not looked at further. */
const LONGEST = 4096;

/** Why the words, with their placeholders, are no glob that could match. */
export function noGlob(words: string): string | undefined {
  if (words.startsWith('!') && !words.startsWith('!(')) {
    return 'begins with `!`, which takes nothing away here; please name what is left out under `exclude`';
  }
  return noPlaceholder(words) ?? noSeparator(words) ?? openEnded(words);
}

function noPlaceholder(words: string): string | undefined {
  if (/\$\{|^\$[A-Z]\w*[/\\]|^%\w+%[/\\]/.test(words)) {
    return 'has a variable in it, which is not replaced here; please write the path itself';
  }
  const [, unknown] =
    /(?:^|[^{])\{([A-Za-z_]+)\}(?!\})/.exec(withoutPlaceholders(words)) ?? /\{\{\s*(day|name)\s*\}\}/.exec(words) ?? [];
  if (unknown === undefined) return undefined;
  return `has \`{${unknown}}\` in it, which is neither a placeholder (\`{day}\`, \`{name}\`) nor several alternatives`;
}

function withoutPlaceholders(words: string): string {
  return words.replace(/(?<!\{)\{(?:day|name)\}(?!\})/g, '0');
}

/** In a glob a backslash takes the power of the character after it: of a letter it has none. */
function noSeparator(words: string): string | undefined {
  return /\\(?:[\p{L}\p{N}_*?]|$)/u.test(words) ? 'has a `\\` in it; please write `/` between folders' : undefined;
}

/** With a wildcard beside it an unclosed bracket matches nothing, or a bracket, which nobody means. */
function openEnded(words: string): string | undefined {
  const { rest, isGlob } = unbalanced(withoutPlaceholders(words));
  if (isGlob && /(?<!\\)\{\}/.test(words)) return 'has `{}` in it, which is not a list of alternatives';
  const [mark] = /[{}[\]]|[@+?*!]\(/.exec(rest) ?? [];
  if (mark === undefined || !(isGlob || /\{(?:.*,|day|name)/.test(rest))) return undefined;
  const what = mark === '}' || mark === ']' ? 'never opened' : 'never closed';
  return `has a \`${mark}\` that is ${what}; please add the other one, or write \`\\${mark.slice(-1)}\` for the character itself`;
}

/** Without what is escaped, and `?` for each set of characters. */
function plainGlob(words: string): string {
  return words.length > LONGEST ? '' : words.replace(/\\./g, '_').replace(/\[[!^]?\]?[^\]]+\]/g, '?');
}

/** The words without what is escaped, and without all pairs of brackets. */
function unbalanced(words: string): { rest: string; isGlob: boolean } {
  let rest = plainGlob(words);
  const isGlob = /[*?]/.test(rest);
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(/\{[^{}]*\}|[@+?*!]?\([^()]*\)/g, '_');
  }
  return { rest, isGlob };
}

/** Why the words mean a folder, which is no evidence. */
export function noFile(words: string): string | undefined {
  if (/^\.\/?$/.test(posix.normalize(words)))
    return 'is the workspace itself; please name files, for example `reports/**/*.xml`';
  return words.endsWith('/')
    ? `names a folder; please name the files in it, for example \`${words.slice(0, 80)}**/*.xml\``
    : undefined;
}

/** Whether `**` stands beside other text, where it means no more than `*`. */
export function hasGluedStars(words: string): boolean {
  return plainGlob(words)
    .split(/[/{},()|]/)
    .some((segment) => segment.includes('**') && !/^\*+$/.test(segment));
}

/** Why a glob over titles (`source: check`) can match none. */
export function noTitle(words: string): string | undefined {
  if (/\p{Cc}/u.test(words)) return 'has a line break or another control character in it, which no `source: check` has';
  const { rest, isGlob } = unbalanced(words);
  const [mark] = isGlob ? (/\{|[@+?*!]\(/.exec(rest) ?? []) : [];
  if (mark !== undefined) return `has a \`${mark}\` that is never closed, so that it matches nothing`;
  if (words.includes(': ') || /[*?[{(|\\]/.test(words)) return undefined;
  return 'matches nothing: it is compared with the whole of `source: check`';
}
