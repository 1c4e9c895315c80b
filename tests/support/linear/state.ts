/** What a workspace of Linear keeps, and what it refuses. */
import { randomUUID } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { rewritten } from '../markdown-editor.ts';

export interface State {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly position: number;
}

export interface User {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly email: string;
  readonly active: boolean;
}

export interface Team {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly states: State[];
  readonly members: readonly User[];
  estimates: { type: string; zero: boolean; extended: boolean };
  issues: number;
}

export interface Label {
  readonly id: string;
  name: string;
  description: string | null;
  color: string;
  readonly isGroup: boolean;
  readonly parent: Label | null;
  readonly team: Team | null;
}

export interface Milestone {
  readonly id: string;
  name: string;
  description: string | null;
  targetDate: string | null;
  status: string;
}

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly slugId: string;
  readonly milestones: Milestone[];
}

export interface Attachment {
  readonly id: string;
  readonly url: string;
  readonly createdAt: string;
  title: string;
  subtitle: string | null;
  metadata: unknown;
}

export interface Comment {
  readonly id: string;
  body: string;
  readonly createdAt: string;
  readonly user: User | null;
}

/** What Linear notes down of an issue. */
export interface Change {
  readonly id: string;
  readonly createdAt: string;
  readonly actor: User | null;
  readonly toState: State | null;
}

export interface Issue {
  readonly id: string;
  team: Team;
  number: number;
  /** What it was called in other teams: Linear still knows it by that. */
  readonly formerIdentifiers: string[];
  readonly history: Change[];
  readonly creator: User | null;
  readonly createdAt: string;
  updatedAt: string;
  title: string;
  description: string | null;
  priority: number;
  estimate: number | null;
  dueDate: string | null;
  state: State;
  labels: Label[];
  assignee: User | null;
  parent: Issue | null;
  project: Project | null;
  milestone: Milestone | null;
  cycle: { name: string | null; number: number } | null;
  readonly attachments: Attachment[];
  readonly comments: Comment[];
  trashed: boolean;
}

export interface Relation {
  readonly id: string;
  readonly type: string;
  readonly issue: Issue;
  readonly relatedIssue: Issue;
}

export interface Workspace {
  readonly now: () => number;
  readonly users: User[];
  readonly teams: Team[];
  readonly labels: Label[];
  readonly projects: Project[];
  readonly issues: Issue[];
  readonly relations: Relation[];
  /** The token's user. */
  readonly viewer: User;
}

export interface WorkspaceOptions {
  readonly now?: () => number;
  readonly teamKey?: string;
  /** `name: type`, in the order of the workflow. */
  readonly states?: Readonly<Record<string, string>>;
}

const USUAL_STATES: Readonly<Record<string, string>> = {
  Triage: 'triage',
  Backlog: 'backlog',
  Todo: 'unstarted',
  'In Progress': 'started',
  'In Review': 'started',
  Blocked: 'started',
  Done: 'completed',
  Canceled: 'canceled',
  Duplicate: 'duplicate',
};

export function createWorkspace({
  now = Date.now,
  teamKey = 'PACE',
  states = USUAL_STATES,
}: WorkspaceOptions): Workspace {
  const viewer = user('ada', 'Ada Lovelace');
  const users = [viewer, user('grace', 'Grace Hopper'), user('alan', 'Alan Turing')];
  const workflow = Object.entries(states).map(([name, type], position) => ({ id: randomUUID(), name, type, position }));
  const estimates = { type: 'fibonacci', zero: false, extended: true };
  const own = {
    id: randomUUID(),
    key: teamKey,
    name: 'Release',
    states: workflow,
    members: users,
    estimates,
    issues: 0,
  };
  const other = {
    ...own,
    id: randomUUID(),
    key: 'OPS',
    name: 'Operations',
    states: workflow.map((state) => ({ ...state, id: randomUUID() })),
  };
  const milestones: Milestone[] = [];
  const project = { id: randomUUID(), name: 'Website', slugId: '0123456789ab', milestones };
  return { now, users, teams: [own, other], labels: [], projects: [project], issues: [], relations: [], viewer };
}

export function user(displayName: string, name: string): User {
  return { id: randomUUID(), name, displayName, email: `${displayName}@example.org`, active: true };
}

/** A refusal as Linear words it. */
export function refuse(message: string, code = 'INPUT_ERROR', type = 'invalid input', statusCode = 400): GraphQLError {
  return new GraphQLError(message, { extensions: { code, type, statusCode, userError: true } });
}

export function notFound(entity: string): GraphQLError {
  return refuse(`Entity not found: ${entity}`);
}

export function time({ now }: Workspace): string {
  return new Date(now()).toISOString();
}

/** By id or identifier; deleted issues can be read. */
export function issueBy({ issues }: Workspace, id: string): Issue {
  const issue = issues.find(
    (each) => each.id === id || identifierOf(each) === id || each.formerIdentifiers.includes(id),
  );
  if (issue) return issue;
  throw notFound('Issue');
}

/** As if a person had moved the issue to the other team: it gets an identifier there, and a state of the same name. */
export function moveIssue(space: Workspace, id: string): void {
  const issue = issueBy(space, id);
  const team = space.teams.find((each) => each !== issue.team);
  const state = team?.states.find(({ name }) => name === issue.state.name);
  if (!team || !state) throw new Error('there is no other team');
  issue.formerIdentifiers.push(identifierOf(issue));
  team.issues += 1;
  Object.assign(issue, { team, number: team.issues, state });
}

export function identifierOf({ team, number }: Issue): string {
  return `${team.key}-${number}`;
}

/** As it was seen in a workspace that another tool kept in step: https://github.com/jlevy/tbd */
const HABITS = { bullet: '* ', isLoose: true, hasAngles: true, linksWords: true, lineEnd: '\n' };

/** Linear keeps its own form of a text, from which it writes Markdown anew. */
export function normalised(markdown: string | null | undefined): string | null {
  return markdown ? rewritten(markdown, HABITS) : null;
}
