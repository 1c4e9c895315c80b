/** What the body of a story says: who wants what and why, when it is done, what is to be known. Pure. */
import type { Section } from './epic.ts';
import type { Line } from './lines.ts';
import { trimmed } from './read-talk.ts';
import { tableAt } from './tables.ts';
import type { SectionName } from './words.ts';

export interface StoryText {
  readonly triple: { readonly role?: string; readonly want?: string; readonly benefit?: string };
  readonly criteria: readonly { readonly text: string; readonly isDone: boolean; readonly line: number }[];
  readonly notes?: string;
  readonly commits: readonly { readonly hash: string; readonly message: string }[];
}

const PARTS = [
  ['role', /^[ \t>]*\*\*As an?\*\*:?[ \t]*(.*)$/i],
  ['want', /^[ \t>]*\*\*I want(?: to)?\*\*:?[ \t]*(.*)$/i],
  ['benefit', /^[ \t>]*\*\*So(?: that)?\*\*:?[ \t]*(.*)$/i],
] as const;

export function textOfStory(section: Section, lines: readonly Line[]): StoryText {
  const preferred = tripleIn(rangeOf(section, lines, 'story'));
  const whole = lines.slice(section.header + 1, section.last);
  const notes = rangeOf(section, lines, 'notes');
  const text = trimmed(notes.map((line) => line.text));
  return {
    triple: Object.keys(preferred).length === PARTS.length ? preferred : { ...tripleIn(whole), ...preferred },
    criteria: criteriaIn(section, lines),
    ...(text !== '' && { notes: text }),
    commits: commitsIn(section, lines),
  };
}

function rangeOf(section: Section, lines: readonly Line[], name: SectionName): readonly Line[] {
  const found = section.named.find((one) => one.name === name);
  return found ? lines.slice(found.first + 1, found.behind) : [];
}

function tripleIn(lines: readonly Line[]): StoryText['triple'] {
  const triple: Record<string, string> = {};
  for (const { text, kind } of lines) {
    if (kind === 'code' || kind === 'comment') continue;
    for (const [name, pattern] of PARTS) {
      const found = pattern.exec(text)?.[1]?.trim();
      if (found) triple[name] ??= found;
    }
  }
  return triple;
}

function criteriaIn(section: Section, lines: readonly Line[]): StoryText['criteria'] {
  const found = section.named.find(({ name }) => name === 'criteria');
  if (!found) return [];
  return lines.slice(found.first + 1, found.behind).flatMap(({ text }, place) => {
    const [, sign = ' ', words = ''] = /^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[([ xX])\][ \t]+(.*)$/.exec(text) ?? [];
    return words === '' ? [] : [{ text: words.trim(), isDone: sign !== ' ', line: found.first + 1 + place }];
  });
}

function commitsIn(section: Section, lines: readonly Line[]): StoryText['commits'] {
  const found = section.named.find(({ name }) => name === 'commits');
  if (!found) return [];
  for (let at = found.first + 1; at < found.behind; at += 1) {
    const table = tableAt(lines, at, found.behind);
    if (!table) continue;
    return table.rows.flatMap(({ cells: [hash, message] }) => {
      const name = /^`([0-9a-f]{4,40})`$/i.exec(hash?.text ?? '')?.[1];
      return name === undefined ? [] : [{ hash: name, message: message?.text ?? '' }];
    });
  }
  return [];
}
