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
  ...['undone', 'unfinished', 'unimplemented', 'unmet', 'untested', 'out of scope', 'no$', 'none$', 'false$', 'open$', 'unknown$'],
]; // biome-ignore format: by what they mean
const DOUBT = new RegExp(`^(?:${DOUBTS.join('|')})(?![\\p{L}\\p{N}-])`, 'u');
const TICKS = new Set('✅✔✓☑');
const CROSSES = new Set('❌✗✘✖☐⬜');

export function verdictOf(word: string | undefined): Verdict {
  if (word === undefined || DONE.test(word)) return 'done';
  return OPEN.test(word) ? 'open' : 'undone';
}

/**
 * What an entry of a list of what was built says beside a criterion's id: any sentence says that it is done, but one that begins
 * with a word of doubt, `AC1 is not done`, unless the criterion itself begins so.
 */
export function judgedWords(beside: string, criterion: string): Verdict {
  const words = comparable(beside);
  if (OPEN.test(words)) return 'open';
  const isDoubt = DOUBT.test(words.replace(AUXILIARIES, '')) && beginning(words) !== beginning(criterion);
  return isDoubt ? 'undone' : 'done';
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
  const marks = [plain.charAt(0), plain.charAt(plain.length - 1)];
  const bare = plain.slice(isMark(marks[0]) ? 1 : 0, isMark(marks[1]) ? -1 : undefined).trim();
  if (bare === '' || bare === plain) return item;
  const isCrossed = marks.some((mark) => mark !== undefined && CROSSES.has(mark));
  return { ...item, text: bare, word: isCrossed ? 'not done' : (item.word ?? 'done') };
}

function isMark(mark: string | undefined): boolean {
  return mark !== undefined && (TICKS.has(mark) || CROSSES.has(mark));
}
