/** The words of Markdown epics, and what they stand for. Pure. */
import type { IssueState, LinkType, Priority } from '../ports/issue.ts';
import { LINK_TYPES } from '../ports/issue.ts';

/** What a line of fields can tell of an epic or a story. */
export type FieldName =
  | 'id'
  | 'name'
  | 'status'
  | 'priority'
  | 'points'
  | 'assignees'
  | 'labels'
  | 'due'
  | 'type'
  | 'parent'
  | LinkType;

/** How PACE writes them; of the others the first alias. */
const LABELS: Readonly<Record<Exclude<FieldName, LinkType>, readonly string[]>> = {
  id: ['Epic ID'],
  name: ['Epic Name'],
  status: ['Status', 'State'],
  priority: ['Priority', 'Prio', 'P'],
  points: ['Story Points', 'Points', 'SP', 'Estimate'],
  assignees: ['Assignee', 'Assignees', 'Assigned to'],
  labels: ['Labels', 'Label', 'Tags'],
  due: ['Due Date', 'Due', 'Deadline'],
  type: ['Type', 'Issue Type'],
  parent: ['Parent'],
};

const LINK_ALIASES: Readonly<Record<string, LinkType>> = {
  'blocked by': 'is blocked by',
  'related to': 'relates to',
  relates: 'relates to',
  'duplicate of': 'duplicates',
  'duplicated by': 'is duplicated by',
  dependency: 'depends on',
  'dependency of': 'is dependency of',
  'cloned by': 'is cloned by',
};

const LINK_LABELS: Readonly<Partial<Record<LinkType, string>>> = { 'is blocked by': 'Blocked by' };

const NAMES: ReadonlyMap<string, FieldName> = new Map([
  ...Object.entries(LABELS).flatMap(([name, labels]) =>
    labels.map((label) => [label.toLowerCase(), name as FieldName] as const),
  ),
  ...LINK_TYPES.map((type) => [type, type] as const),
  ...Object.entries(LINK_ALIASES),
]);

/** The field that a bold name stands for; `undefined` for a name that tells nothing here. */
export function fieldNamed(label: string): FieldName | undefined {
  return NAMES.get(label.trim().toLowerCase());
}

export function labelOf(name: FieldName): string {
  if (name in LABELS) return LABELS[name as keyof typeof LABELS][0] ?? name;
  return LINK_LABELS[name as LinkType] ?? name.charAt(0).toUpperCase() + name.slice(1);
}

export function linkNamed(words: string): LinkType | undefined {
  const found = fieldNamed(words);
  return found && (LINK_TYPES as readonly string[]).includes(found) ? (found as LinkType) : undefined;
}

/** Said where a value could stand, and none does. */
export function saysNothing(value: string): boolean {
  return /^(?:[-–—?]*|none|n\/a|tbd|tba|unassigned|not set)$/i.test(value.trim());
}

/** The order counts: “Closed for review” is closed, as in the tools that write these files. */
const STATES: readonly (readonly [RegExp, IssueState])[] = [
  [/\b(?:not|un|in)[ -]?(?:done|resolved|closed|complete)/i, 'open'],
  [/\bdone\b|\bresolved\b|\bclosed\b|\bcompleted?\b|✅|☑|✔/iu, 'done'],
  [/\bblocked\b|\bon hold\b|🚫|⛔/iu, 'blocked'],
  [/progress|🔄|\bactive\b|\bstarted\b|\bdoing\b/iu, 'in_progress'],
  [/review|\btesting\b/i, 'in_review'],
  [/\bopen\b|\bto ?do\b|\bnew\b|\bplanned\b|\bbacklog\b|📋/iu, 'open'],
  [/cancel|won'?t ?fix|won'?t ?do|\brejected\b|❌/iu, 'canceled'],
];

/** `undefined` for words that are not known: the story counts as planned then, never as done. */
export function stateIn(words: string): IssueState | undefined {
  return STATES.find(([pattern]) => pattern.test(words))?.[1];
}

export const STATE_WORDS: Readonly<Record<IssueState, string>> = {
  open: 'Planned',
  in_progress: 'In Progress',
  in_review: 'In Review',
  blocked: 'Blocked',
  done: 'Done',
  canceled: 'Cancelled',
};

const RANKS: readonly (readonly [RegExp, Priority])[] = [
  [/\bcritical\b|\bblocker\b|\bhighest\b|\burgent\b|🔴|\bp0\b/iu, 0],
  [/\blowest\b|\btrivial\b|\bp4\b/i, 4],
  [/\bhigh\b|\bmajor\b|🟡|🟠|\bp1\b/iu, 1],
  [/\bmedium\b|\bnormal\b|🟢|\bp2\b/iu, 2],
  [/\blow\b|\bminor\b|🔵|⚪|\bp3\b/iu, 3],
];

export function priorityIn(words: string): Priority | undefined {
  return RANKS.find(([pattern]) => pattern.test(words))?.[1];
}

export const PRIORITY_WORDS: Readonly<Record<Priority, string>> = {
  0: 'Critical',
  1: 'High',
  2: 'Medium',
  3: 'Low',
  4: 'Lowest',
};

/** `undefined` where it is no number. */
export function pointsIn(words: string): number | undefined {
  const found = /^(\d{1,6}(?:\.\d{1,4})?)(?:\s*(?:sp|pts?|points?|story points?))?$/i.exec(words.trim());
  return found ? Number(found[1]) : undefined;
}

/** What a heading below a story holds, where that is more than text. */
export type SectionName =
  | 'subtasks'
  | 'comments'
  | 'links'
  | 'criteria'
  | 'story'
  | 'notes'
  | 'commits'
  | 'description';

const SECTIONS: ReadonlyMap<string, SectionName> = new Map([
  ['subtasks', 'subtasks'],
  ['sub-tasks', 'subtasks'],
  ['sub tasks', 'subtasks'],
  ['tasks', 'subtasks'],
  ['comments', 'comments'],
  ['links', 'links'],
  ['related issues', 'links'],
  ['dependencies', 'links'],
  ['acceptance criteria', 'criteria'],
  ['user story', 'story'],
  ['technical notes', 'notes'],
  ['related commits', 'commits'],
  ['description', 'description'],
  ['epic description', 'description'],
]);

export function sectionNamed(heading: string): SectionName | undefined {
  const words = heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
    .trim();
  return SECTIONS.get(words);
}
