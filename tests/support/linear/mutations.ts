/** What can be changed in a workspace of Linear. https://linear.app/developers/graphql#mutations */
import { randomUUID } from 'node:crypto';
import {
  type Attachment,
  type Issue,
  issueBy,
  type Label,
  normalised,
  notFound,
  type Project,
  type Relation,
  refuse,
  type State,
  type Team,
  time,
  type User,
  type Workspace,
} from './state.ts';

type Input = Readonly<Record<string, unknown>>;

export function mutationsOf(space: Workspace) {
  const { labels, issues, relations, projects } = space;

  function one<Thing extends { readonly id: string }>(entity: string, all: readonly Thing[], id: unknown): Thing {
    const found = all.find((each) => each.id === id);
    if (found) return found;
    throw notFound(entity);
  }

  function labelsFrom(ids: readonly string[], team: Team): Label[] {
    const found = [...new Set(ids)].map((id) => one('IssueLabel', labels, id));
    for (const label of found) {
      if (label.isGroup) throw refuse('The label is a group and cannot be assigned to issues directly');
      if (label.team && label.team !== team) throw refuse('labelIds for incorrect team');
      if (label.parent && found.some((each) => each !== label && each.parent === label.parent))
        throw refuse('labelIds not exclusive child labels');
    }
    return found;
  }

  function applied(issue: Omit<Issue, 'updatedAt'>, input: Input): void {
    const set = <Name extends keyof Issue>(name: Name, value: Issue[Name]) => Object.assign(issue, { [name]: value });
    const has = (name: string) => input[name] !== undefined;
    const optional = <Thing extends { readonly id: string }>(entity: string, all: readonly Thing[], id: unknown) =>
      id === null ? null : one(entity, all, id);
    if (has('title')) {
      if (String(input['title']).trim() === '') throw refuse('title should not be empty');
      set('title', String(input['title']));
    }
    if (has('priority') && ![0, 1, 2, 3, 4].includes(Number(input['priority'])))
      throw refuse('priority must be 0 to 4');
    const { state: before } = issue;
    const next: Partial<Issue> = {
      ...(has('stateId') ? { state: one<State>('WorkflowState', issue.team.states, input['stateId']) } : {}),
      ...(has('assigneeId') ? { assignee: optional<User>('User', space.users, input['assigneeId']) } : {}),
      ...(has('parentId')
        ? { parent: input['parentId'] === null ? null : issueBy(space, String(input['parentId'])) }
        : {}),
      ...(has('projectId') ? { project: optional<Project>('Project', projects, input['projectId']) } : {}),
      ...(has('labelIds') ? { labels: labelsFrom(input['labelIds'] as string[], issue.team) } : {}),
      ...(has('description') ? { description: normalised(input['description'] as string | null) } : {}),
      ...(has('priority') ? { priority: Number(input['priority']) } : {}),
      ...(has('estimate') ? { estimate: input['estimate'] as number | null } : {}),
      ...(has('dueDate') ? { dueDate: input['dueDate'] as string | null } : {}),
    };
    Object.assign(issue, next);
    note(issue, next.state && next.state !== before ? next.state : null);
    if (has('addedLabelIds') || has('removedLabelIds')) {
      const removed = (input['removedLabelIds'] ?? []) as string[];
      const kept = issue.labels.map(({ id }) => id).filter((id) => !removed.includes(id));
      set('labels', labelsFrom([...kept, ...((input['addedLabelIds'] ?? []) as string[])], issue.team));
    }
    if (has('projectMilestoneId')) {
      const all = projects.flatMap(({ milestones }) => milestones);
      set('milestone', optional('ProjectMilestone', all, input['projectMilestoneId']));
    }
  }

  /** A new issue begins where it begins. */
  function note(issue: Omit<Issue, 'updatedAt'>, toState: State | null): void {
    if (issue.number === 0) return;
    issue.history.unshift({ id: randomUUID(), createdAt: time(space), actor: space.viewer, toState });
  }

  function newIssue(input: Input): Issue {
    const team = one<Team>('Team', space.teams, input['teamId']);
    const id = String(input['id'] ?? randomUUID());
    if (issues.some((issue) => issue.id === id))
      throw refuse(`conflict on insert of Issue – Entity Issue with id ${id} already exists.`);
    if (input['title'] === undefined) throw refuse('title should not be null or undefined');
    const first = team.states.find(({ type }) => type === 'backlog') ?? team.states[0];
    if (!first) throw refuse('no state');
    const createdAt = time(space);
    const issue: Issue = {
      ...{ id, team, number: 0, creator: space.viewer, createdAt, updatedAt: createdAt, title: '', description: null },
      ...{ priority: 0, estimate: null, dueDate: null, state: first, labels: [], assignee: null, parent: null },
      ...{ project: null, milestone: null, cycle: null, attachments: [], comments: [], trashed: false },
      ...{ formerIdentifiers: [], history: [] },
    };
    applied(issue, input);
    return issue;
  }

  function added(issue: Issue): Issue {
    issue.team.issues += 1;
    const numbered = Object.assign(issue, { number: issue.team.issues });
    issues.push(numbered);
    return numbered;
  }

  function changed(issue: Issue, input: Input): Issue {
    applied(issue, input);
    issue.updatedAt = time(space);
    return issue;
  }

  function createLabel(input: Input): Label {
    const team = input['teamId'] == null ? null : one<Team>('Team', space.teams, input['teamId']);
    const name = String(input['name']);
    const twin = labels.find(
      (label) => (label.team ?? team) === team && label.name.toLowerCase() === name.toLowerCase(),
    );
    if (twin) throw refuse('duplicate label name');
    const label = {
      ...{ id: randomUUID(), name, team, isGroup: input['isGroup'] === true },
      description: (input['description'] ?? null) as string | null,
      color: String(input['color'] ?? '#bec2c8'),
      parent: input['parentId'] == null ? null : one<Label>('IssueLabel', labels, input['parentId']),
    };
    labels.push(label);
    return label;
  }

  function attach(input: Input): { attachment: Attachment; issue: Issue } {
    const issue = issueBy(space, String(input['issueId']));
    const {
      url,
      title,
      subtitle = null,
      metadata = {},
    } = input as { url: string; title: string; subtitle?: string; metadata?: unknown };
    const known = issue.attachments.find((each) => each.url === url);
    const attachment = Object.assign(known ?? { id: randomUUID(), url, createdAt: time(space) }, {
      title,
      subtitle,
      metadata,
    }) as Attachment;
    if (!known) issue.attachments.push(attachment);
    return { attachment, issue };
  }

  function relate(input: Input): Relation {
    const [issue, relatedIssue] = [
      issueBy(space, String(input['issueId'])),
      issueBy(space, String(input['relatedIssueId'])),
    ];
    const relation = { id: randomUUID(), type: String(input['type']), issue, relatedIssue };
    if (relations.some((each) => each.issue === issue && each.relatedIssue === relatedIssue))
      throw refuse('relation already exists');
    relations.push(relation);
    return relation;
  }

  return { one, newIssue, added, changed, createLabel, attach, relate };
}
