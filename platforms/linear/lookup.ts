/**
 * All that a write has to know beforehand, in one request: the ids behind names, and what is there. What does not change within a
 * run is asked once.
 */
import { PaceError } from '../../core/errors.ts';
import { unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { Settings } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { keyOf } from './address.ts';
import type { LinearApi } from './api.ts';
import { documentParts } from './document.ts';
import { askBefore, askIssues, askLabels, askPeople, askProject, askTeam } from './questions.ts';
import type { Operation } from './refusals.ts';
import type { Workflow } from './states.ts';
import { wholeIssue } from './whole-issue.ts';
import { listOf, type WireIssue, type WirePage, type WireState, type WireUser } from './wire.ts';

export interface Wanted {
  readonly team?: boolean;
  /** Names. */
  readonly labels?: readonly string[];
  /** Display names, names, e-mail addresses or ids. */
  readonly people?: readonly string[];
  /** The configured project with its milestones. */
  readonly milestones?: boolean;
  readonly project?: boolean;
  /** Keys of issues that have to exist. */
  readonly issues?: readonly string[];
  /** An issue as it is, with the workflow of its team. */
  readonly before?: string;
}

export interface Team {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly workflow: Workflow;
  /** https://linear.app/docs/estimates: `notUsed`, `exponential`, `fibonacci`, `linear`, `tShirt`. */
  readonly estimates: { readonly type: string; readonly zero: boolean; readonly extended: boolean };
}

export interface LinearLabel {
  readonly id: string;
  readonly name: string;
  readonly isGroup: boolean;
  /** Of a label in a group. */
  readonly group: { readonly id: string; readonly name: string } | undefined;
}

export interface LinearUser extends WireUser {
  readonly id: string;
  readonly email: string;
}

export interface LinearMilestone {
  readonly id: string;
  readonly name: string;
  readonly description?: string | null;
  readonly targetDate?: string | null;
  readonly status: string;
}

export interface Found {
  readonly team: Team | undefined;
  readonly labels: readonly LinearLabel[];
  readonly people: readonly LinearUser[];
  readonly project: { readonly id: string; readonly name: string } | undefined;
  readonly milestones: readonly LinearMilestone[];
  /** The keys of those that exist, with their ids. */
  readonly issues: ReadonlyMap<string, string>;
  readonly before: { readonly issue: WireIssue; readonly workflow: Workflow } | undefined;
}

export interface Lookup {
  find(operation: Operation, wanted: Wanted): Promise<Found>;
  team(operation: Operation): Promise<Team>;
  /** Labels that have been created meanwhile. */
  learn(labels: readonly LinearLabel[]): void;
  /** Forgets a label that has changed. */
  forget(name: string): void;
}

interface WireTeam {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly issueEstimationType: string;
  readonly issueEstimationAllowZero: boolean;
  readonly issueEstimationExtended: boolean;
  readonly states: WirePage<WireState>;
  readonly defaultIssueState?: { readonly id: string } | null;
}

export interface WireLabel {
  readonly id: string;
  readonly name: string;
  readonly isGroup: boolean;
  readonly parent?: { readonly id: string; readonly name: string } | null;
  readonly team?: { readonly id: string } | null;
}

interface WireProject {
  readonly id: string;
  readonly name: string;
  readonly projectMilestones?: WirePage<LinearMilestone>;
}

interface Answer {
  readonly teams?: WirePage<WireTeam>;
  readonly issueLabels?: WirePage<WireLabel>;
  readonly users?: WirePage<LinearUser>;
  readonly projects?: WirePage<WireProject>;
  readonly issues?: WirePage<{ readonly id: string; readonly identifier: string }>;
  readonly issue?: WireIssue & { readonly team: WireTeam };
}

export function createLookup(api: LinearApi, settings: Settings): Lookup {
  const teamKey = settings['team'] ?? '';
  const projectName = settings['project'];
  const labels = new Map<string, LinearLabel>();
  let knownTeam: Team | undefined;
  let knownProject: Found['project'];

  async function find(operation: Operation, wanted: Wanted): Promise<Found> {
    const unknown = (wanted.labels ?? []).filter((name) => !labels.has(fold(name)));
    const keys = (wanted.issues ?? []).map((key) => keyOf(key, teamKey));
    const wantsProject = projectName !== undefined && (wanted.project || wanted.milestones);
    const asked = documentParts();
    if (wanted.team && !knownTeam) askTeam(asked, teamKey);
    if (unknown.length > 0) askLabels(asked, teamKey, unknown);
    if (wanted.people?.length) askPeople(asked, wanted.people);
    if (wantsProject && (wanted.milestones || !knownProject))
      askProject(asked, projectName, wanted.milestones === true);
    if (keys.length > 0) askIssues(asked, keys);
    if (wanted.before !== undefined) askBefore(asked, keyOf(wanted.before, teamKey).identifier);
    const answer = asked.isEmpty ? {} : await api.query<Answer>(operation, asked.text, asked.declared, asked.variables);
    const { teams, issueLabels, users, projects, issues, issue } = answer;
    if (teams) knownTeam = toTeam(listOf(teams, 'teams')[0], teamKey);
    // a label of the team goes before one of the workspace
    const found = listOf(issueLabels ?? NOTHING, 'labels').toSorted(
      (one, other) => Number(!one.team) - Number(!other.team),
    );
    learn(found.map(toLabel).reverse());
    const project = projects && theProject(listOf(projects, 'projects'), projectName ?? '');
    knownProject = project ?? knownProject;
    return {
      team: knownTeam,
      labels: (wanted.labels ?? []).flatMap((name) => labels.get(fold(name)) ?? []),
      people: listOf(users ?? NOTHING, 'users'),
      project: knownProject,
      milestones: listOf(project?.projectMilestones ?? NOTHING, 'milestones'),
      issues: new Map(listOf(issues ?? NOTHING, 'issues').map(({ id, identifier }) => [identifier, id])),
      before: issue && { issue: await wholeIssue(api, operation, issue), workflow: toWorkflow(issue.team) },
    };
  }

  function learn(found: readonly LinearLabel[]): void {
    for (const label of found) labels.set(fold(label.name), label);
  }

  return {
    find,
    learn,
    forget: (name) => void labels.delete(fold(name)),
    team: async (operation) => {
      const { team } = await find(operation, { team: true });
      return team ?? toTeam(undefined, teamKey);
    },
  };
}

const NOTHING = { nodes: [], pageInfo: { hasNextPage: false } };

function toTeam(team: WireTeam | undefined, key: string): Team {
  if (!team) throw noTeam(key);
  const { id, name, issueEstimationType: type } = team;
  const estimates = { type, zero: team.issueEstimationAllowZero, extended: team.issueEstimationExtended };
  return { id, key: team.key, name, workflow: toWorkflow(team), estimates };
}

function toWorkflow({ states, defaultIssueState }: WireTeam): Workflow {
  return { states: listOf(states, 'states'), defaultState: defaultIssueState?.id };
}

export function toLabel({ id, name, isGroup, parent }: WireLabel): LinearLabel {
  return { id, name, isGroup, group: parent ?? undefined };
}

function theProject(found: readonly WireProject[], name: string): WireProject {
  const [project, another] = found;
  if (project && !another) return project;
  const words = plainLine(name, 80);
  throw new PaceError({
    kind: 'configuration',
    message: project
      ? `Linear has several projects “${words}”.`
      : `Linear has no project “${words}” that this token sees.`,
    remedy: 'Please set `linear.project` to the last part of the project’s address.',
  });
}

function noTeam(key: string): PaceError {
  return new PaceError({
    kind: 'not-found',
    message: `Linear has no team ${plainLine(key, 40)} that this token sees.`,
    remedy: 'Please set LINEAR_TEAM to the key of the team, as in ENG-12, and give the API key access to it.',
  });
}

export function fold(name: string): string {
  return name.trim().toLowerCase();
}

/** A field that was asked for and has to be there. */
export function needed<Value>(value: Value | undefined, field: string): Value {
  if (value !== undefined) return value;
  throw unexpectedAnswer('Linear', `${field} is missing`);
}
