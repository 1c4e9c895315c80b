/** Words of judgement in what agents claim. */
import type { AgentItem } from './agent-items.ts';
import { comparable } from './same-text.ts';

/** `open`: declared as not done. `undone`: said not to be done, without being declared. */
export type Verdict = 'done' | 'open' | 'undone';

const DONE = /^(?:pass|passed|done|met|built|complete|completed|implemented|tested|yes|true|ok|x)$/i;
const OPEN = /^(?:partial|partially|deferred|out[ _-]of[ _-]scope)$/i;
const AUXILIARIES = /^(?:(?:is|are|was|were|has|have|been|be|do|does|did|will|still|yet|currently) )+/;
const DOUBTS = [
  ...['almost', 'half', 'mostly', 'nearly', 'partially', 'partly', 'deferred', 'postponed', 'skipped', 'blocked', 'broken'],
  ...['not', 'never', 'cannot', 'cant', 'doesnt', 'isnt', 'wont', 'unable', 'unclear', 'to be', 'to do', 'todo', 'tbd', 'wip'],
  ...['fail', 'failed', 'failing', 'fails', 'incomplete', 'missing', 'pending', 'in progress', 'work in progress'],
  ...['could not', 'couldnt', 'didnt', 'wasnt', 'hasnt', 'arent', 'remaining$', 'remains (?:open|to)', 'planned (?:for|next)', 'stubbed', 'on hold'],
  ...['needs? (?:more|further|work|review|fixing|to be)', 'abandoned', 'waiting (?:for|on)', 'removed from (?:the )?scope', '(?:cancell?ed|dropped|rejected|removed|started|stub|later)$'],
  ...['tests? (?:(?:are|is|still) )?(?:fail|fails|failing)', 'will be (?:done|finished|implemented|built|added|fixed|completed)'],
  ...['undone', 'unfinished', 'unimplemented', 'unmet', 'untested', 'out of scope', 'no$', 'none$', 'false$', 'open$', 'unknown$'],
]; // biome-ignore format: by what they mean
const DOUBT = new RegExp(`^(?:${DOUBTS.join('|')})(?![\\p{L}\\p{N}-])`, 'u');
const TICKS = new Set('✅✔✓☑');
const CROSSES = new Set('❌✗✘✖☐⬜🚫⛔🔴🟥🛑🚧⏳⚠');

export function verdictOf(word: string | undefined): Verdict {
  if (word === undefined || DONE.test(word)) return 'done';
  return OPEN.test(word) ? 'open' : 'undone';
}

/**
 * What an entry of a list of what was built says beside a criterion's id: any sentence says that it is done, but one that begins
 * with a word of doubt, `AC1 is not done`, unless the criterion itself begins so.
 */
export function judgedWords(beside: string, criterion: string): Verdict {
  // `(partial)`
  const words = comparable(beside).replace(/^[([]+|(?<![)\]])[)\]]+$/g, '');
  if (OPEN.test(words)) return 'open';
  if (CROSSES.has(firstSign(words))) return 'undone';
  const isDoubt = DOUBT.test(words) || DOUBT.test(words.replace(AUXILIARIES, ''));
  return isDoubt && beginning(words) !== beginning(criterion) ? 'undone' : 'done';
}

/** Two words: with one alone `not done` would be how `not found pages are helpful` begins. */
function beginning(words: string): string {
  return words.split(' ', 2).join(' ');
}

/** The box or tick that an entry begins or ends with, as its word of judgement. */
export function boxOf(item: AgentItem): AgentItem {
  const [, tick, text] = /^\[([ xX])\]\s+(.+)$/s.exec(item.text) ?? [];
  if (text !== undefined) return { ...item, text, word: tick === ' ' ? 'not done' : 'done' };
  const plain = item.text.replace(/\ufe0f/g, '').trim();
  const [first, last] = [firstSign(plain), lastSign(plain)];
  const bare = plain.slice(isMark(first) ? first.length : 0, isMark(last) ? -last.length : undefined).trim();
  if (bare === '' || bare === plain) return item;
  const isCrossed = CROSSES.has(first) || CROSSES.has(last);
  return { ...item, text: bare, word: isCrossed ? 'not done' : (item.word ?? 'done') };
}

function isMark(sign: string): boolean {
  return TICKS.has(sign) || CROSSES.has(sign);
}

/** Many signs take two units of a text. */
function firstSign(text: string): string {
  return /^./su.exec(text)?.[0] ?? '';
}

function lastSign(text: string): string {
  return /.$/su.exec(text.slice(-2))?.[0] ?? '';
}
