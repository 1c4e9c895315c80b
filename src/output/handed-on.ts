/**
 * Values for other steps, jobs and tools, which may put them into a script or expand what is in them: GitLab expands `$NAME`, `${NAME}`
 * and `%NAME%` in the variables of later jobs, Azure `$(NAME)`, TeamCity `%name%`, Octopus `#{name}`, and `${{ … }}` of Actions is
 * pasted into a script before a shell reads it. The text of a finding is anybody's: a sign that one of them would read is handed on as
 * its fullwidth twin, which people read alike and no program does.
 * https://docs.gitlab.com/ci/variables/where_variables_can_be_used, https://docs.github.com/en/actions/concepts/security/script-injections
 */
import { cut, plainLine } from '../../core/text/untrusted-text.ts';

/** As far from `!` as the twin is from its sign. */
const TWIN = '！'.charCodeAt(0) - '!'.charCodeAt(0);

/** What shells and hosts read anywhere, and the beginnings of `%NAME%`, `#{name}` and `{{name}}`. PowerShell reads typographic quotes. */
const READ = /[$`"'\\;&|<>]|%(?=\w)|#(?=\{)|\{(?=\{)/g;
const POWERSHELL_QUOTES = /[\u2018-\u201e]/g;

/** A line of at most so many characters and bytes of UTF-8, in which nothing is read. */
export function handedOnText(text: string, max: { readonly characters: number; readonly bytes: number }): string {
  const line = plainLine(text, max.characters)
    .replace(POWERSHELL_QUOTES, (quote) => (quote < '\u201c' ? '＇' : '＂'))
    .replace(READ, (sign) => String.fromCharCode(sign.charCodeAt(0) + TWIN));
  return cutBytes(line, max.bytes);
}

/** An address in which nothing is read: its signs as addresses write them. `''` for one that is too long, as half of it leads nowhere. */
export function handedOnAddress(address: string, max: number): string {
  const line = plainLine(address).replace(/[\s$`"'\\;|<>{}()\u2018-\u201e]/g, (sign) => encodeSign(sign));
  return Buffer.byteLength(line) <= max ? line : '';
}

/** The usual encoding leaves `'`, `(` and `)`. */
function encodeSign(sign: string): string {
  return encodeURIComponent(sign).replace(/['()]/g, (kept) => `%${kept.charCodeAt(0).toString(16).toUpperCase()}`);
}

function cutBytes(text: string, max: number): string {
  let shorter = text;
  for (let bytes = Buffer.byteLength(text); bytes > max; bytes = Buffer.byteLength(shorter)) {
    shorter = cut(text, Math.floor((shorter.length * max) / bytes));
  }
  return shorter;
}
