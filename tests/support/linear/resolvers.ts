/** The workspace as Linear's schema shows it. Only what is used is here; the schema says of the rest that it is missing. */
import { randomUUID } from 'node:crypto';
import { matches } from './filter.ts';
import { mutationsOf } from './mutations.ts';
import {
  type Attachment,
  type Comment,
  type Issue,
  identifierOf,
  issueBy,
  type Label,
  type Milestone,
  normalised,
  notFound,
  type Project,
  type Relation,
  refuse,
  type Team,
  time,
  type Workspace,
} from './state.ts';

interface PageArguments {
  readonly first?: number;
  readonly after?: string;
  readonly filter?: Readonly<Record<string, unknown>>;
  readonly includeArchived?: boolean;
}

type Input = Readonly<Record<string, unknown>>;

/** Linear refuses larger pages. */
const LARGEST = 250;

/** Newest first is for the caller to have. Filters look at what the schema shows. */
function connection<Node extends { readonly id: string }>(
  all: readonly Node[],
  { first = 50, after, filter }: PageArguments,
) {
  if (first > LARGEST) throw refuse(`first must not be greater than ${LARGEST}`, 'INVALID_INPUT');
  const fitting = all.filter((node) => matches(filter, node));
  const begin = after === undefined || after === null ? 0 : fitting.findIndex(({ id }) => id === after) + 1;
  const nodes = fitting.slice(begin, begin + first);
  return { nodes, pageInfo: { hasNextPage: begin + first < fitting.length, endCursor: nodes.at(-1)?.id ?? null } };
}

export function resolversOf(space: Workspace) {
  const act = mutationsOf(space);
  const newest = <Node extends { readonly createdAt: string }>(all: readonly Node[]) =>
    all
      .toReversed()
      .toSorted((one, other) => (one.createdAt < other.createdAt ? 1 : -1) * Number(one.createdAt !== other.createdAt));

  /** What is filtered by stands as a value; what is paged, as a function beside the list of the same name in `filterable`. */
  function showIssue(issue: Issue): Record<string, unknown> & { readonly id: string; readonly createdAt: string } {
    const { team, labels, parent, milestone, attachments, comments, history, formerIdentifiers: _, ...plain } = issue;
    return {
      ...plain,
      identifier: identifierOf(issue),
      url: `https://linear.app/acme/issue/${identifierOf(issue)}/title`,
      team: () => showTeam(team),
      labels: (given: PageArguments) => connection(labels.map(showLabel), given),
      parent: parent ? () => showIssue(parent) : null,
      projectMilestone: milestone,
      children: (given: PageArguments) =>
        connection(space.issues.filter((each) => each.parent === issue && !each.trashed).map(showIssue), given),
      attachments: (given: PageArguments) =>
        connection(
          attachments.map((each) => showAttachment(each, issue)),
          given,
        ),
      comments: (given: PageArguments) => connection(newest(comments), given),
      history: (given: PageArguments) => connection(history, given),
      relations: (given: PageArguments) =>
        connection(
          related(({ issue: own }) => own === issue),
          given,
        ),
      inverseRelations: (given: PageArguments) =>
        connection(
          related(({ relatedIssue }) => relatedIssue === issue),
          given,
        ),
      trashed: issue.trashed || null,
    };
  }

  /** The same without functions, for filters. */
  function filterable({ team, parent, milestone, ...issue }: Issue) {
    const above = parent && { id: parent.id, number: parent.number, team: { key: parent.team.key } };
    return { ...issue, team: { key: team.key, id: team.id }, parent: above, projectMilestone: milestone };
  }

  function related(is: (relation: Relation) => boolean) {
    return space.relations.filter(is).map(({ issue, relatedIssue, ...rest }) => ({
      ...rest,
      issue: () => showIssue(issue),
      relatedIssue: () => showIssue(relatedIssue),
    }));
  }

  function showTeam({ id, key, name, states, members, estimates }: Team) {
    return {
      ...{ id, key, name },
      states: (given: PageArguments) => connection(states, given),
      defaultIssueState: states.find(({ type }) => type === 'backlog') ?? states[0],
      members: (given: PageArguments) => connection(members, given),
      issueEstimationType: estimates.type,
      issueEstimationAllowZero: estimates.zero,
      issueEstimationExtended: estimates.extended,
    };
  }

  function showLabel({ team, ...label }: Label) {
    return { ...label, team: team && { id: team.id, key: team.key } };
  }

  function showAttachment(attachment: Attachment, issue: Issue) {
    return { ...attachment, issue: () => showIssue(issue) };
  }

  function showProject({ milestones, ...project }: Project) {
    return { ...project, projectMilestones: (given: PageArguments) => connection(milestones, given) };
  }

  function comment(id: string): Comment {
    const found = space.issues.flatMap(({ comments }) => comments).find((each) => each.id === id);
    if (found) return found;
    throw notFound('Comment');
  }

  const done = { lastSyncId: 1, success: true };
  const written = (issue: Issue) => ({ ...done, issue: () => showIssue(issue) });
  const milestoneOf = (id: string) => {
    const project = space.projects.find(({ milestones }) => milestones.some((each) => each.id === id));
    if (!project) throw notFound('ProjectMilestone');
    return { project, milestone: act.one<Milestone>('ProjectMilestone', project.milestones, id) };
  };

  return {
    viewer: space.viewer,
    organization: { id: 'org', name: 'Acme', urlKey: 'acme' },
    teams: (given: PageArguments) => connection(space.teams.map(showTeam), given),
    users: (given: PageArguments) => connection(space.users, given),
    issueLabels: (given: PageArguments) => connection(space.labels.map(showLabel), given),
    projects: (given: PageArguments) => connection(space.projects.map(showProject), given),
    issue: ({ id }: { id: string }) => showIssue(issueBy(space, id)),
    issues: ({ filter, ...given }: PageArguments) => {
      const seen = space.issues.filter((issue) => given.includeArchived === true || !issue.trashed);
      const fitting = newest(seen).filter((issue) => matches(filter, filterable(issue)));
      return connection(fitting.map(showIssue), given);
    },

    comments: ({ filter, ...given }: PageArguments) => {
      const all = space.issues.flatMap((issue) =>
        issue.trashed ? [] : issue.comments.map((each) => ({ ...each, issue: () => showIssue(issue), of: issue })),
      );
      const fitting = newest(all).filter(({ of, ...each }) => matches(filter, { ...each, issue: filterable(of) }));
      return connection(fitting, given);
    },

    issueCreate: ({ input }: { input: Input }) => written(act.added(act.newIssue(input))),
    issueBatchCreate: ({ input }: { input: { issues: Input[] } }) => {
      const issues = input.issues.map(act.newIssue);
      return { ...done, issues: issues.map((issue) => showIssue(act.added(issue))) };
    },
    issueUpdate: ({ id, input }: { id: string; input: Input }) => written(act.changed(live(id), input)),
    issueDelete: ({ id }: { id: string }) => {
      issueBy(space, id).trashed = true;
      return done;
    },
    issueBatchUpdate: ({ ids, input }: { ids: string[]; input: Input }) => {
      if (ids.length > 50) throw refuse("ids can't be more than 50", 'INVALID_INPUT');
      return { ...done, issues: ids.map((id) => showIssue(act.changed(live(id), input))) };
    },
    attachmentCreate: ({ input }: { input: Input }) => {
      const { attachment, issue } = act.attach(input);
      issue.updatedAt = time(space);
      return { ...done, attachment: showAttachment(attachment, issue) };
    },
    commentCreate: ({ input }: { input: Input }) => {
      const added = {
        id: randomUUID(),
        body: normalised(String(input['body'])) ?? '',
        createdAt: time(space),
        user: space.viewer,
      };
      live(String(input['issueId'])).comments.push(added);
      return { ...done, comment: added };
    },
    commentUpdate: ({ id, input }: { id: string; input: Input }) => ({
      ...done,
      comment: Object.assign(comment(id), { body: normalised(String(input['body'])) ?? '' }),
    }),
    commentDelete: ({ id }: { id: string }) => {
      const found = comment(id);
      for (const { comments } of space.issues)
        if (comments.includes(found)) comments.splice(comments.indexOf(found), 1);
      return { ...done, entityId: id };
    },
    issueRelationCreate: ({ input }: { input: Input }) => ({ ...done, issueRelation: act.relate(input) }),
    issueRelationDelete: ({ id }: { id: string }) => {
      space.relations.splice(space.relations.indexOf(act.one('IssueRelation', space.relations, id)), 1);
      return { ...done, entityId: id };
    },
    issueLabelCreate: ({ input }: { input: Input }) => ({ ...done, issueLabel: showLabel(act.createLabel(input)) }),
    issueLabelUpdate: ({ id, input }: { id: string; input: Input }) => ({
      ...done,
      issueLabel: showLabel(Object.assign(act.one<Label>('IssueLabel', space.labels, id), input)),
    }),
    issueLabelDelete: ({ id }: { id: string }) => {
      const label = act.one<Label>('IssueLabel', space.labels, id);
      space.labels.splice(space.labels.indexOf(label), 1);
      for (const issue of space.issues) issue.labels = issue.labels.filter((each) => each !== label);
      return { ...done, entityId: id };
    },
    projectMilestoneCreate: ({ input }: { input: Input }) => {
      const project = act.one<Project>('Project', space.projects, input['projectId']);
      const {
        name,
        description = null,
        targetDate = null,
      } = input as { name: string; description?: string; targetDate?: string };
      const projectMilestone = { id: randomUUID(), name, description, targetDate, status: 'unstarted' };
      project.milestones.push(projectMilestone);
      return { ...done, projectMilestone };
    },
    projectMilestoneUpdate: ({ id, input }: { id: string; input: Input }) => ({
      ...done,
      projectMilestone: Object.assign(milestoneOf(id).milestone, input),
    }),
    projectMilestoneDelete: ({ id }: { id: string }) => {
      const { project, milestone } = milestoneOf(id);
      project.milestones.splice(project.milestones.indexOf(milestone), 1);
      for (const issue of space.issues) if (issue.milestone === milestone) issue.milestone = null;
      return { ...done, entityId: id };
    },
  };

  function live(id: string): Issue {
    const issue = issueBy(space, id);
    if (issue.trashed) throw notFound('Issue');
    return issue;
  }
}
