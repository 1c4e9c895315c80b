/** A tracker whose issues stand in files: reads them whole, writes edits, one process of PACE at a time, and never over what people have just written. */
import { join } from 'node:path';
import { PaceError } from '../../errors.ts';
import { takeLock } from '../../kept/lock.ts';
import { inOperation } from '../../operation.ts';
import type { TrackerDriver } from '../../ports/index.ts';
import type { Issue, Person } from '../../ports/issue.ts';
import { plainLine } from '../../text/untrusted-text.ts';
import type { World } from '../../world.ts';
import { checkoutUser } from '../checkout.ts';
import type { Change, DocumentKind, Documents, FileChange, OptionalCall, Stamp } from './document-kind.ts';
import { edited } from './edits.ts';
import { readTextFile, replaceTextFile, type SeenFiles, type TextFile } from './text-files.ts';

/** Editors save a file once, not all the time. */
const MOST_TRIES = 5;

/** Files as they were read, and what stands in them. */
interface Read {
  readonly files: readonly TextFile[];
  readonly documents: Documents;
}

/** Files are looked at anew for every call: people and other programs write them too. */
export function documentTracker(world: World, kind: DocumentKind): TrackerDriver {
  const person = currentPerson(world);
  const seen: SeenFiles = new Map();

  async function read(): Promise<Read> {
    const found = await Promise.all((await kind.files()).map((path) => readTextFile(world.cwd, path, seen)));
    const files = found.filter((file) => file !== undefined);
    return { files, documents: kind.read(files) };
  }

  const look = <Result>(operation: string, work: (documents: Documents) => Result): Promise<Result> =>
    inOperation(operation, async () => work((await read()).documents));

  async function* each<Entry>(operation: string, work: (documents: Documents) => readonly Entry[]) {
    yield* await look(operation, work);
  }

  /** Reads again where somebody has written meanwhile. */
  function change<Result>(
    operation: string,
    work: (documents: Documents, stamp: Stamp) => Change,
    after: (documents: Documents, done: Change) => Result,
  ): Promise<Result> {
    return inOperation(operation, () =>
      alone(world, async () => {
        const stamp: Stamp = { now: world.now(), random: world.random, person: await person() };
        for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
          const { files, documents } = await read();
          const done = work(documents, stamp);
          if (!(await written(world.cwd, files, done.files))) continue;
          await kind.afterWriting?.(done.files.map(({ path }) => path));
          if (done.refusal) throw done.refusal;
          return after((await read()).documents, done);
        }
        throw new PaceError({
          kind: 'conflict',
          message: 'The file is being written by another program all the time.',
          remedy: 'Please try again when that has ended.',
        });
      }),
    );
  }

  const changedIssue = (operation: string, work: (documents: Documents, stamp: Stamp) => Change) =>
    change(operation, work, (documents, { key }) => issueOf(documents, key));
  const changedComment = (operation: string, work: (documents: Documents, stamp: Stamp) => Change) =>
    change(operation, work, (documents, { key, comment }) => commentOf(documents, key, comment));
  const nothing = () => undefined;

  const optional: Required<Pick<TrackerDriver, OptionalCall>> = {
    deleteIssue: (key) => change('deleteIssue', (documents, stamp) => has(documents.remove)(key, stamp), nothing),
    updateComment: (key, id, text) =>
      changedComment('updateComment', (documents, stamp) => has(documents.updateComment)(key, id, text, stamp)),
    deleteComment: (key, id) =>
      change('deleteComment', (documents, stamp) => has(documents.removeComment)(key, id, stamp), nothing),
    getIssueLinks: (key) => look('getIssueLinks', (documents) => has(documents.links)(key)),
    createLink: (key, link) =>
      change('createLink', (documents, stamp) => has(documents.link)(key, link, stamp), nothing),
    deleteLink: (key, link) =>
      change('deleteLink', (documents, stamp) => has(documents.unlink)(key, link, stamp), nothing),
    listCommentsSince: (since) => each('listComments', (documents) => commentsSince(documents, since)),
    listLabels: () => each('listLabels', (documents) => has(documents.labels)()),
    listUsers: () => each('listUsers', (documents) => has(documents.people)()),
  };

  return {
    ...kind.facts,
    filters: [],
    sorts: [],
    watchEveryMs: 1000,
    capabilities: () => kind.capabilities(),
    getCurrentUser: () => person(),
    ...(kind.diagnose && { diagnose: kind.diagnose }),
    containerId: () =>
      inOperation(
        'containerId',
        async () => kind.containerId?.((await read()).files) ?? (await kind.files()).join(' '),
      ),
    getIssue: (key) => look('getIssue', (documents) => issueOf(documents, key)),
    listIssues: () => each('listIssues', newestFirst),
    createIssue: (draft) => changedIssue('createIssue', (documents, stamp) => documents.create(draft, stamp)),
    updateIssue: (key, patch) => changedIssue('updateIssue', (documents, stamp) => documents.update(key, patch, stamp)),
    transitionIssue: (key, target) =>
      changedIssue('transitionIssue', (documents, stamp) => documents.transition(key, target, stamp)),
    getAvailableTransitions: (key) => look('getAvailableTransitions', (documents) => documents.transitions(key)),
    listComments: (key) => each('listComments', (documents) => documents.comments(issueOf(documents, key).key)),
    addComment: (key, text) =>
      changedComment('addComment', (documents, stamp) => has(documents.comment)(key, text, stamp)),
    ...only(optional, kind.calls),
  };
}

function only<Calls extends object, Name extends keyof Calls>(calls: Calls, names: readonly Name[]): Partial<Calls> {
  const kept: Partial<Calls> = {};
  for (const name of names) kept[name] = calls[name];
  return kept;
}

/** What the capabilities refuse never comes here. */
function has<Call>(call: Call | undefined): Call {
  if (call) return call;
  throw new Error('The capabilities of this kind of file promise what it does not do.');
}

/** Throws `not-found`. */
export function issueOf({ issues }: Pick<Documents, 'issues'>, key: string): Issue {
  const found = issues.find((issue) => issue.key === key);
  if (found) return found;
  throw new PaceError({
    kind: 'not-found',
    message: `There is no issue “${plainLine(key, 60)}” here.`,
    remedy: 'Please check the key: `pace issue list` shows all of them.',
  });
}

function commentOf(documents: Documents, key: string, id: string | undefined) {
  const found = documents.comments(key).find((comment) => comment.id === id);
  if (found) return found;
  throw new Error('A comment that was written is not there.');
}

function commentsSince(documents: Documents, since: number) {
  return documents.issues.flatMap(({ key }) =>
    documents
      .comments(key)
      .filter(({ createdAt, editedAt = createdAt }) => editedAt >= since)
      .map((comment) => ({ key, comment })),
  );
}

/** What stands last was written last, as far as the times do not tell. */
function newestFirst({ issues }: Documents): Issue[] {
  return issues.toReversed().sort((a, b) => b.createdAt - a.createdAt);
}

/** `false` when a file is not as it was read. What was written before stays: the next try finds it done. */
async function written(folder: string, files: readonly TextFile[], changes: readonly FileChange[]): Promise<boolean> {
  for (const change of changes) {
    const before = files.find(({ path }) => path === change.path)?.text;
    const text = afterChange(before, change);
    if (text === before) continue;
    if (!(await replaceTextFile(folder, change.path, { before, text }))) return false;
  }
  return true;
}

function afterChange(before: string | undefined, change: FileChange): string | undefined {
  if ('remove' in change) return undefined;
  if ('create' in change) return change.create;
  return edited(before ?? '', change.edits);
}

/** What was begun last in each workspace: the lock tells processes apart, and not the calls of one of them. */
const turns = new Map<string, Promise<unknown>>();

/** One after the other. */
async function inTurn<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const before = turns.get(folder);
  const own = (async () => {
    await before?.catch(() => undefined);
    return work();
  })();
  turns.set(folder, own);
  try {
    return await own;
  } finally {
    if (turns.get(folder) === own) turns.delete(folder);
  }
}

/** One process of PACE at a time, in this workspace. */
function alone<Result>(world: World, work: () => Promise<Result>): Promise<Result> {
  return inTurn(world.cwd, () => locked(world, work));
}

async function locked<Result>(world: World, work: () => Promise<Result>): Promise<Result> {
  const release = await takeLock(world, {
    dir: join(world.cwd, '.pace'),
    file: 'documents.lock',
    waitSeconds: 30,
    words: {
      held: 'Another command is writing files with issues in this checkout',
      undone: 'Nothing was written.',
      remedy: 'Please try again when it has ended.',
    },
  });
  try {
    return await work();
  } finally {
    await release();
  }
}

/** The agent's name, else git's `user.name`, else the user of the machine. */
function currentPerson(world: World): () => Promise<Person> {
  let name: Promise<string | undefined> | undefined;
  return async () => {
    name ??= world.env['PACE_AGENT'] ? Promise.resolve(world.env['PACE_AGENT']) : checkoutUser(world);
    const id = (await name) ?? 'nobody';
    return { id, name: id };
  };
}
