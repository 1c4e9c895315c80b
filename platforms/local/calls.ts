/** The calls about what stands around an issue: comments, links, labels, milestones. */

import { inOperation } from '../../core/operation.ts';
import type { TrackerDriver } from '../../core/ports/index.ts';
import { changeComment, findComments, insertComment, removeComment } from './comments.ts';
import { checkBody } from './input.ts';
import type { Context } from './issue-context.ts';
import { changeLabel, findLabels, insertLabel, noSuchLabel, removeLabel } from './labels.ts';
import { findLinks, insertLink, removeLink } from './links.ts';
import { changeMilestone, findMilestones, insertMilestone, noSuchMilestone, removeMilestone } from './milestones.ts';

type Calls<Name extends keyof TrackerDriver> = Required<Pick<TrackerDriver, Name>>;

export function commentCalls(
  context: Context,
): Calls<'listComments' | 'addComment' | 'updateComment' | 'deleteComment'> {
  return {
    async *listComments(key) {
      yield* await context.look('listComments', key, findComments);
    },
    addComment: (key, markdown) =>
      inOperation('addComment', async () => {
        checkBody(markdown);
        return context.change('addComment', key, (db, issue, stamp) => insertComment(db, issue, markdown, stamp));
      }),
    updateComment: (key, id, body) =>
      inOperation('updateComment', async () => {
        checkBody(body);
        return context.change('updateComment', key, (db, issue, stamp) =>
          changeComment(db, issue, { id, body }, stamp),
        );
      }),
    deleteComment: (key, id) =>
      context.change('deleteComment', key, (db, issue, stamp) => removeComment(db, issue, id, stamp)),
  };
}

export function linkCalls(context: Context): Calls<'getIssueLinks' | 'createLink' | 'deleteLink'> {
  return {
    getIssueLinks: (key) => context.look('getIssueLinks', key, findLinks),
    createLink: (key, link) =>
      context.change('createLink', key, (db, issue, stamp) => insertLink(db, issue, link, stamp)),
    deleteLink: (key, link) =>
      context.change('deleteLink', key, (db, issue, stamp) => removeLink(db, issue, link, stamp)),
  };
}

export function labelCalls(context: Context): Calls<'listLabels' | 'createLabel' | 'updateLabel' | 'deleteLabel'> {
  return {
    async *listLabels() {
      yield* await context.read('listLabels', findLabels, () => []);
    },
    createLabel: (label) => context.write('createLabel', (db, stamp) => insertLabel(db, label, stamp)),
    updateLabel: (name, changes) =>
      context.write(
        'updateLabel',
        (db, stamp) => changeLabel(db, name, changes, stamp),
        () => noSuchLabel(name),
      ),
    deleteLabel: (name) =>
      context.write(
        'deleteLabel',
        (db, stamp) => removeLabel(db, name, stamp),
        () => noSuchLabel(name),
      ),
  };
}

export function milestoneCalls(
  context: Context,
): Calls<'listMilestones' | 'createMilestone' | 'updateMilestone' | 'deleteMilestone'> {
  return {
    async *listMilestones() {
      yield* await context.read('listMilestones', findMilestones, () => []);
    },
    createMilestone: (milestone) =>
      context.write('createMilestone', (db, stamp) => insertMilestone(db, milestone, stamp)),
    updateMilestone: (title, changes) =>
      context.write(
        'updateMilestone',
        (db, stamp) => changeMilestone(db, title, changes, stamp),
        () => noSuchMilestone(title),
      ),
    deleteMilestone: (title) =>
      context.write(
        'deleteMilestone',
        (db, stamp) => removeMilestone(db, title, stamp),
        () => noSuchMilestone(title),
      ),
  };
}
