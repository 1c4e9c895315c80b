/** The tracker of Spec Kitty: the work packages of a mission. */
import type { DocumentKind, Documents } from '../../core/drivers/documents/document-kind.ts';
import { documentTracker } from '../../core/drivers/documents/document-tracker.ts';
import type { TextFile } from '../../core/drivers/documents/text-files.ts';
import { PaceError } from '../../core/errors.ts';
import { capabilitiesBut } from '../../core/ports/capabilities.ts';
import type { Settings, TrackerDriver } from '../../core/ports/index.ts';
import type { Issue, Person } from '../../core/ports/issue.ts';
import { readMission } from '../../core/spec-kitty/mission.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { workPackagePaths } from './address.ts';
import { commitIn, EVIDENCE, type Evidence, type Place, placeOf } from './coordination.ts';
import { diagnoseMission } from './doctor.ts';
import { boardOf, type Memory, packageIn } from './issue-context.ts';
import { linked, unlinked } from './links.ts';
import { created } from './new-issues.ts';
import { transitionsOf } from './states.ts';
import { commentsOf, issuesOf, linksOf, personOf } from './wire.ts';
import { changeOf, ONE_PERSON, TITLE_LIMIT, textOfBody, transitioned, updated } from './writes.ts';

/** In characters: a work package is a prompt for an agent. */
const BODY_LIMIT = 200_000;

export function createTracker(world: World, settings: Settings): TrackerDriver {
  const evidence = evidenceOf(settings['evidence']);
  // found with the files, and needed where they are read
  let known: Place | undefined;
  const memory: Memory = new Map();
  const place = async () => {
    known = await placeOf(world, settings['mission'], evidence);
    return known;
  };
  const kind: DocumentKind = {
    facts: {
      platform: 'spec_kitty',
      titleLimit: TITLE_LIMIT,
      bodyLimit: { max: BODY_LIMIT, unit: 'characters' },
      measureBody: (markdown, metadata) => textOfBody(markdown, metadata).length,
      formatDescription: (markdown) => markdown,
      peopleAreNames: true,
      filesAreLinks: true,
      deltas: ['labels', 'assignees', 'metadata'],
    },
    calls: ['listCommentsSince', 'getIssueLinks', 'createLink', 'deleteLink', 'listLabels', 'listUsers'],
    capabilities: async () =>
      capabilitiesBut(
        {
          type: 'All of them are work packages.',
          milestone: 'A mission has no milestones.',
          parent: 'Work packages stand side by side: they depend on each other.',
          storyPoints: 'Work packages have no points.',
          dueDate: 'Work packages have no due date.',
          sprint: 'A mission has no sprints.',
          'several assignees': ONE_PERSON,
          'delete issues': 'Please cancel it: its history stays in the log.',
          'edit comments': 'The log only grows.',
          'delete comments': 'The log only grows.',
          attachments: 'Links in the text stand for files.',
          ...Object.fromEntries(
            NO_CATALOGUES.map((ability) => [ability, 'They are there as soon as a work package has one.']),
          ),
          ...Object.fromEntries(NO_MILESTONES.map((ability) => [ability, 'A mission has no milestones.'])),
        },
        { linkTypes: ['depends on', 'is dependency of'] },
      ),
    files: async () => {
      const { folder, statusFiles } = await place();
      return [
        ...new Set([
          `${folder}/meta.json`,
          `${folder}/tasks.md`,
          ...(await workPackagePaths(world.cwd, folder)),
          ...statusFiles,
        ]),
      ];
    },
    containerId: (files) => {
      const meta = files.find(({ path }) => path === `${known?.folder}/meta.json`);
      return (meta && readMission(meta.path, meta.text)?.id) ?? known?.folder;
    },
    read: (files) => documentsOf(files, known, memory),
    afterWriting: async (paths) => {
      const worktree = known?.coordination?.worktree;
      if (worktree !== undefined) await commitIn(world, worktree, paths, 'Record work packages as PACE has set them');
    },
    diagnose: () => diagnoseMission(world, settings['mission']),
  };
  return documentTracker(world, kind);
}

const NO_CATALOGUES = ['create labels', 'edit labels', 'delete labels'] as const;
const NO_MILESTONES = ['list milestones', 'create milestones', 'edit milestones', 'delete milestones'] as const;

function evidenceOf(given = 'note'): Evidence {
  const found = EVIDENCE.find((name) => name === given.trim());
  if (found) return found;
  throw new PaceError({
    kind: 'configuration',
    message: `“${plainLine(given, 60)}” is not a way to deal with a missing review.`,
    remedy: `Please set \`evidence\` to one of: ${EVIDENCE.join(', ')}.`,
  });
}

function documentsOf(files: readonly TextFile[], place: Place | undefined, memory: Memory): Documents {
  if (!place) throw new Error('Files are read before it is known where they are.');
  const board = boardOf(files, place, memory);
  let all: Issue[] | undefined;
  const issues = () => {
    all ??= issuesOf(board);
    return all;
  };
  return {
    // what is written before they are asked for needs none of them
    get issues() {
      return issues();
    },
    transitions: (key) => {
      packageIn(board, key);
      return transitionsOf(board, key);
    },
    create: (draft, stamp) => created(board, draft, stamp),
    update: (key, patch, stamp) => updated(board, key, patch, stamp),
    transition: (key, target, stamp) => transitioned(board, key, target, stamp),
    comments: (key) => commentsOf(board, key),
    comment: (key, markdown, stamp) => {
      packageIn(board, key);
      return changeOf(board, { key, entries: [{ workPackage: key, delta: { note: markdown } }], stamp, comment: 0 });
    },
    links: (key) => {
      packageIn(board, key);
      return [...(linksOf(board).get(key) ?? [])];
    },
    link: (key, link, stamp) => linked(board, key, link, stamp),
    unlink: (key, link, stamp) => unlinked(board, key, link, stamp),
    labels: () => [...new Set(issues().flatMap(({ labels }) => labels))].map((name) => ({ name })),
    people: () =>
      peopleOf(
        issues().flatMap(({ assignees }) => assignees),
        board.log.notes.map(({ actor }) => actor),
      ),
  };
}

function peopleOf(assigned: readonly Person[], actors: readonly string[]): Person[] {
  const all = [...assigned, ...actors.filter((actor) => actor !== '').map(personOf)];
  return [...new Map(all.map((person) => [person.id, person])).values()];
}
