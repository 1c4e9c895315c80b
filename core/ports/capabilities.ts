/** What a tracker can do, known before anything is tried; and the refusal of what it cannot. */
import { PaceError, unsupported } from '../errors.ts';
import { plainLine } from '../text/untrusted-text.ts';
import type { IssueDraft, IssuePatch, IssueState, LinkType, Priority } from './issue.ts';
import { ISSUE_STATES, LINK_TYPES, PRIORITIES } from './issue.ts';

/** Everything that a tracker may lack. Fields are named as in `Issue`; the rest are deeds. */
export const ABILITIES = [
  'type',
  'priority',
  'labels',
  'assignees',
  'several assignees',
  'milestone',
  'parent',
  'storyPoints',
  'dueDate',
  'sprint',
  'metadata',
  'links',
  'delete issues',
  'comments',
  'edit comments',
  'delete comments',
  'list labels',
  'create labels',
  'edit labels',
  'delete labels',
  'list milestones',
  'create milestones',
  'edit milestones',
  'delete milestones',
  'list users',
  'attachments',
] as const;
export type Ability = (typeof ABILITIES)[number];

export interface Capabilities {
  /** What the tracker lacks here, each with the reason, or with what to do instead. Everything else is there. */
  readonly unsupported: Readonly<Partial<Record<Ability, string>>>;
  /** The states that it can tell apart; writing another one is refused. */
  readonly states: readonly IssueState[];
  readonly priorities: readonly Priority[];
  readonly linkTypes: readonly LinkType[];
  /** The types that an issue can have here; absent where any word is one, or none is. */
  readonly types?: readonly string[];
  /** How labels are spelled here; writing them otherwise is refused. Absent: as people like. */
  readonly labelCase?: 'lower';
}

/** A tracker that can do everything, but for what is named. */
export function capabilitiesBut(
  unsupported: Capabilities['unsupported'],
  narrower: Partial<Omit<Capabilities, 'unsupported'>> = {},
): Capabilities {
  const { comments } = unsupported;
  return {
    // what cannot be written is neither changed nor deleted
    unsupported: comments === undefined ? unsupported : { ...ofComments(comments), ...unsupported },
    states: ISSUE_STATES,
    priorities: unsupported.priority === undefined ? PRIORITIES : [],
    linkTypes: unsupported.links === undefined ? LINK_TYPES : [],
    ...narrower,
  };
}

function ofComments(reason: string): Capabilities['unsupported'] {
  return { 'edit comments': reason, 'delete comments': reason };
}

/** Throws `unsupported` with the reason when the tracker lacks the ability. */
export function requireAbility(tracker: string, { unsupported: lacking }: Capabilities, ability: Ability): void {
  const reason = lacking[ability];
  if (reason !== undefined) throw unsupported(tracker, inWords(ability), reason);
}

const FIELD_ABILITIES = ['type', 'priority', 'milestone', 'parent', 'storyPoints', 'dueDate'] as const;

/** Whether what is to be written needs a look at the capabilities: what every tracker can costs none. */
export function needsAbilities(written: IssueDraft | IssuePatch): boolean {
  return neededAbilities(written).length > 0 || (written.state !== undefined && !isPlain(written.state));
}

/** Throws `unsupported` for the first thing in a draft or a patch that the tracker cannot keep. */
export function requireFields(tracker: string, can: Capabilities, written: IssueDraft | IssuePatch): void {
  for (const ability of neededAbilities(written)) requireAbility(tracker, can, ability);
  const { type, priority, state } = written;
  if (type !== undefined && can.types && !can.types.includes(type.toLowerCase())) throw noSuchType(type, can.types);
  if (priority !== undefined && priority !== null && !can.priorities.includes(priority)) {
    throw unsupported(tracker, `keep the priority ${priority}`, `It has these: ${can.priorities.join(', ')}.`);
  }
  if (state !== undefined) requireState(tracker, can, state);
}

function noSuchType(type: string, types: readonly string[]): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `There is no issue type “${plainLine(type, 60)}” here.`,
    remedy: `Please choose one of: ${types.join(', ')}.`,
  });
}

export function requireState(tracker: string, can: Capabilities, state: IssueState): void {
  if (can.states.includes(state)) return;
  throw unsupported(
    tracker,
    `tell the state ${state} from others`,
    `It has these: ${can.states.join(', ')}. A state of its own can be mapped under \`states\` in its section of pace.config.yaml.`,
  );
}

export function requireLinkType(tracker: string, can: Capabilities, type: LinkType): void {
  requireAbility(tracker, can, 'links');
  if (can.linkTypes.includes(type)) return;
  const types = can.linkTypes.join(', ');
  const remedy = types === '' ? 'They are only read: they follow from what stands there.' : `It has these: ${types}.`;
  throw unsupported(tracker, `keep a link “${type}”`, remedy);
}

function neededAbilities(written: IssueDraft | IssuePatch): Ability[] {
  // clearing what cannot be set changes nothing
  const fields = FIELD_ABILITIES.filter((name) => written[name] !== undefined && written[name] !== null);
  const added = 'addAssignees' in written ? written.addAssignees : undefined;
  const several = new Set(written.assignees ?? added).size > 1;
  return [...fields, ...(several ? (['several assignees'] as const) : [])];
}

/** Every tracker can open and close. */
function isPlain(state: IssueState): boolean {
  return state === 'open' || state === 'done';
}

/** What the tracker “cannot”. */
export function inWords(ability: Ability): string {
  return ABILITY_WORDS[ability] ?? ability;
}

const ABILITY_WORDS: Readonly<Partial<Record<Ability, string>>> = {
  type: 'give an issue a type',
  priority: 'give an issue a priority',
  labels: 'label an issue',
  assignees: 'assign an issue',
  'several assignees': 'assign an issue to several people',
  milestone: 'give an issue a milestone',
  parent: 'give an issue a parent',
  storyPoints: 'keep story points',
  dueDate: 'keep a due date',
  sprint: 'tell the sprint of an issue',
  metadata: 'keep metadata on an issue',
  links: 'link issues',
  comments: 'keep comments',
  attachments: 'tell the attachments of an issue',
};
