/**
 * The line at the end of a text that says who wrote it and where, in a tracker that takes nobody's word for that. It is also a
 * second mark: programs that drop what is hidden in a text leave it. Pure.
 */
import { defined } from '../../../core/defined.ts';
import { inlineMarkdown } from '../../../core/text/untrusted-text.ts';
import type { Origin } from '../../../core/tracker/origin.ts';

/** Absent where nothing is known but the key. */
export function saidLine({ tracker, key, url, createdAt, author }: Origin): string | undefined {
  if (key === '' || (author === undefined && createdAt === undefined)) return undefined;
  const who = author === undefined ? '' : ` by ${inlineMarkdown(author, 100)}`;
  const when = createdAt === undefined ? '' : ` on ${createdAt}`;
  return `*Written${who}${when} in ${inlineMarkdown(tracker, 60) || 'another tracker'}: ${[key, url].flatMap(shown).join(', ')}*`;
}

/** An address is one; all else is code, so that nothing takes it for a reference of its own. */
function shown(word: string): string[] {
  if (word === '') return [];
  return [/^https?:\/\/[^\s*<>`]+$/.test(word) ? word : `\`${word.replaceAll(/[`\s]+/g, ' ').trim()}\``];
}

/** What the line tells; `undefined` where a text does not end with one. */
export function originInText(body: string): Origin | undefined {
  const found = SAID.exec(lastLine(body));
  if (!found?.groups) return undefined;
  const { author, at, tracker = '', key = '', url = '' } = found.groups;
  return { tracker: tracker === 'another tracker' ? '' : tracker, key, url, ...defined({ createdAt: at, author }) };
}

/** The text without it: what was brought on from tracker to tracker says so once. */
export function withoutSaid(body: string): string {
  return originInText(body) === undefined
    ? body
    : body
        .trimEnd()
        .slice(0, body.trimEnd().lastIndexOf('\n') + 1)
        .trimEnd();
}

const SAID =
  /^Written(?: by (?<author>.+?))?(?: on (?<at>\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)))? in (?<tracker>[^:]+?): (?<key>[^\s,]+)(?:, (?<url>\S+))?$/;

/** In whatever Markdown a tracker gives back: other signs of emphasis, escapes, addresses that have become links. */
function lastLine(body: string): string {
  const line = body.trimEnd().split('\n').at(-1) ?? '';
  return line
    .trim()
    .replaceAll(/\[[^\]]*\]\(<?([^)\s>]+)>?\)/g, '$1')
    .replaceAll(/<(https?:[^>\s]+)>/g, '$1')
    .replaceAll(/\\([^\w\s])/g, '$1')
    .replaceAll('`', '')
    .replaceAll(/^[*_]+|[*_]+$/g, '');
}
