/** The parts of a look-up: each asks for what one kind of name stands for. https://linear.app/developers/filtering */

import type { IssueKey } from './address.ts';
import type { DocumentParts } from './document.ts';
import { nested, page, type Selection, textOf } from './selection.ts';
import { ISSUE, USER } from './wire.ts';

const STATES = page('states', 100, ['id', 'name', 'type', 'position']);
const WORKFLOW: Selection = [STATES, nested('defaultIssueState', ['id'])];
const TEAM: Selection = [
  ...['id', 'key', 'name', 'issueEstimationType', 'issueEstimationAllowZero', 'issueEstimationExtended'],
  ...WORKFLOW,
];
export const LABEL: Selection = [
  ...['id', 'name', 'isGroup'],
  nested('parent', ['id', 'name']),
  nested('team', ['id']),
];
export const MILESTONE: Selection = ['id', 'name', 'description', 'targetDate', 'status'];
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

export function askTeam(asked: DocumentParts, key: string): void {
  const filter = asked.variable('TeamFilter', { key: { eqIgnoreCase: key } });
  asked.field(textOf([page('teams', 2, TEAM, `filter: ${filter}`)]));
}

export function askLabels(asked: DocumentParts, team: string, names: readonly string[]): void {
  const filter = asked.variable('IssueLabelFilter', {
    and: [labelsOf(team), { or: names.map((name) => ({ name: { eqIgnoreCase: name.trim() } })) }],
  });
  asked.field(textOf([page('issueLabels', 100, LABEL, `filter: ${filter}`)]));
}

/** The labels that issues of a team can have: its own and those of the workspace. */
export function labelsOf(team: string) {
  return { or: [{ team: { null: true } }, { team: { key: { eqIgnoreCase: team } } }] };
}

export function askPeople(asked: DocumentParts, people: readonly string[]): void {
  const filter = asked.variable('UserFilter', {
    and: [
      { active: { eq: true } },
      {
        or: people.flatMap((who) => [
          ...['displayName', 'name', 'email'].map((field) => ({ [field]: { eqIgnoreCase: who } })),
          ...(UUID.test(who) ? [{ id: { eq: who } }] : []),
        ]),
      },
    ],
  });
  asked.field(textOf([page('users', 100, ['id', ...USER], `filter: ${filter}`)]));
}

export function askProject(asked: DocumentParts, name: string, withMilestones: boolean): void {
  // the last part of a project's address ends in its short id
  const slug = /([0-9a-f]{12})$/i.exec(name)?.[1];
  const filter = asked.variable('ProjectFilter', {
    or: [
      { name: { eqIgnoreCase: name } },
      ...(slug === undefined ? [] : [{ slugId: { eq: slug.toLowerCase() } }]),
      ...(UUID.test(name) ? [{ id: { eq: name } }] : []),
    ],
  });
  const milestones = withMilestones ? [page('projectMilestones', 100, MILESTONE)] : [];
  asked.field(textOf([page('projects', 2, ['id', 'name', ...milestones], `filter: ${filter}`)]));
}

export function askIssues(asked: DocumentParts, keys: readonly IssueKey[]): void {
  const filter = asked.variable('IssueFilter', {
    or: keys.map(({ team, number }) => ({ team: { key: { eq: team } }, number: { eq: number } })),
  });
  asked.field(textOf([page('issues', keys.length, ['id', 'identifier'], `filter: ${filter}, includeArchived: true`)]));
}

export function askBefore(asked: DocumentParts, identifier: string): void {
  const id = asked.variable('String!', identifier);
  asked.field(textOf([nested('issue', [...ISSUE, nested('team', WORKFLOW)], `id: ${id}`)]));
}
