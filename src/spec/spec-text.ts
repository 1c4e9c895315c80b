/** A `spec.md` that a person goes on with, made from an issue. Pure. Its parts are those of Spec Kitty's template (software-dev, 3.2). */
import type { Issue } from '../../core/ports/index.ts';
import { inlineMarkdown, plainLine } from '../../core/text/untrusted-text.ts';
import { told } from './told.ts';

export interface SpecSource {
  readonly issue: Issue;
  /** What stands below it, in the order in which it was made. */
  readonly children: readonly Issue[];
  /** As people name it from outside: `jira:PROJ-1`. */
  readonly reference: string;
  /** The mission's folder, where there is one. */
  readonly mission?: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
}

/** The words that ask a person to go on: Spec Kitty's commands look for them. */
const OPEN = (question: string) => `[NEEDS CLARIFICATION: ${question}]`;

export function specText(source: SpecSource): string {
  const { issue, children, reference, mission = '[###-mission-name]', date } = source;
  const parts = [issue, ...children].map((each) => ({ issue: each, ...told(each.body) }));
  return `${[
    `# Mission Specification: ${inlineMarkdown(issue.title)}`,
    [
      `**Mission Branch**: \`${plainLine(mission)}\``,
      `**Created**: ${date}`,
      '**Status**: Draft',
      `**Input**: ${origin(issue, reference)}`,
    ].join('\n'),
    '## User Scenarios & Testing *(mandatory)*',
    ...parts.map(scenario),
    `### Edge Cases\n\n- ${OPEN('what happens at the edges of this?')}`,
    '## Requirements *(mandatory)*',
    `### Functional Requirements\n\n${table(['ID', 'Title', 'User Story', 'Priority', 'Status'], requirements(parts))}`,
    '## Success Criteria *(mandatory)*',
    `### Measurable Outcomes\n\n- **SC-001**: ${OPEN('by what number is it seen that this helps?')}`,
  ].join('\n\n')}\n`;
}

type Part = ReturnType<typeof told> & { readonly issue: Issue };

/** The way back: the issue's address where a person can follow it. */
function origin({ url, title }: Issue, reference: string): string {
  const shown = inlineMarkdown(reference);
  const named = /^https?:\/\//.test(url) ? `[${shown}](${plainLine(url)})` : shown;
  return `Issue ${named}: "${inlineMarkdown(title)}"`;
}

function scenario({ issue, story, criteria, rest }: Part, place: number): string {
  const scenarios = criteria.length > 0 ? criteria : [OPEN('given what, when what, then what?')];
  return [
    `### User Story ${place + 1} - ${inlineMarkdown(issue.title)} (Priority: ${priorityOf(issue)})`,
    ...(story === undefined ? [] : [story]),
    ...(rest === '' ? [] : [rest]),
    `**Why this priority**: ${OPEN('why now?')}`,
    `**Independent Test**: ${OPEN('how is this tried for itself?')}`,
    `**Acceptance Scenarios**:\n\n${scenarios.map((text, nth) => `${nth + 1}. ${text}`).join('\n')}`,
  ].join('\n\n');
}

/** One for each criterion, and for a story without criteria one. */
function requirements(parts: readonly Part[]): string[][] {
  const rows = parts.flatMap(({ issue, story, criteria }) => {
    const wish = story ?? OPEN('who wants this, and what for?');
    const titles = criteria.length > 0 ? criteria : [inlineMarkdown(issue.title)];
    return titles.map((title) => [title, wish, WORDS[priorityOf(issue)], 'Open']);
  });
  return rows.map((row, nth) => [`FR-${String(nth + 1).padStart(3, '0')}`, ...row]);
}

const WORDS = { P1: 'High', P2: 'Medium', P3: 'Low' } as const;

function priorityOf({ priority = 2 }: Issue): keyof typeof WORDS {
  if (priority <= 1) return 'P1';
  return priority === 2 ? 'P2' : 'P3';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replace(/\\?\|/g, '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map((name) => '-'.repeat(name.length + 2)).join('|')}|`, ...rows.map(line)].join('\n');
}
