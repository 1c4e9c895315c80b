/** `.pace/` on a branch, for runners that forget everything: fetched before a run, saved after it, merged when two runs raced. */
import { PaceError } from '../../../core/errors.ts';
import { isKept } from '../../../core/kept/kept-names.ts';
import type { Kept } from '../../../core/kept.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import type { World } from '../../../core/world.ts';
import { type ReadFiles, readFiles, writeFiles } from './files.ts';
import { type Files, mergeState, same } from './merge.ts';
import { openStateTrees, type StateTree, type StateTrees } from './tree.ts';

export interface StateBranch {
  /** Brings what earlier runs kept into `.pace`; what is newer there stays. Throws a `PaceError` when it cannot. */
  restore(): Promise<void>;
  /** Puts what `.pace` holds now on the branch. Throws a `PaceError` when not all of it could be kept. */
  save(): Promise<void>;
}

export interface StateBranchOptions {
  readonly world: World;
  readonly kept: Kept;
  readonly branch: string;
  readonly remote: string;
  /** What lets git push to this repository, in words. */
  readonly pushRemedy: string;
}

const TRIES = 6;
const NONE: Files = new Map();

export function createStateBranch(options: StateBranchOptions): StateBranch {
  const { world, kept, branch, remote } = options;
  /** What stood in `.pace` when the run began. */
  let began: Files = NONE;
  /** Not ours: neither read nor written. */
  let foreign = false;
  let opened: Promise<StateTrees> | undefined;

  function open(): Promise<StateTrees> {
    const { pushRemedy } = options;
    // what a commit has put here does not hide what the branch says
    const skips = (path: string) => !isKept(path) || (!kept.refusal && kept.isTracked(path));
    opened ??= openStateTrees({ world, remote, branch, skips, pushRemedy });
    return opened;
  }

  async function restore(): Promise<void> {
    const trees = await open();
    const { files: mine, left } = readFiles(kept);
    began = mine;
    const theirs = await fetched(trees);
    if (!theirs) return;
    const last = await trees.last();
    // what is not here was not removed: a fresh checkout has nothing
    const base = onlyOf(last?.files ?? NONE, mine);
    const files = without(mergeState({ base, mine, theirs: theirs.files }).files, left);
    writeFiles(kept, mine, files);
    began = files;
    // where nothing is kept here, this checkout agrees with nobody
    if (!kept.refusal) await trees.remember(theirs.commit);
  }

  async function fetched(trees: StateTrees): Promise<StateTree | undefined> {
    try {
      return await trees.fetch();
    } catch (error) {
      foreign = error instanceof PaceError && error.kind === 'conflict';
      throw error;
    }
  }

  async function save(): Promise<void> {
    if (foreign || kept.refusal) return;
    const trees = await open();
    const mine = await settledFiles(world, kept);
    const replaced = await push(trees, mine, await trees.last());
    if (mine.left.length > 0) throw notKept(mine.left);
    if (replaced.length > 0) throw replacedByUs(replaced, branch);
  }

  /** Returns what another run wrote at the same time, and this one replaced. */
  async function push(trees: StateTrees, mine: ReadFiles, last: StateTree | undefined): Promise<readonly string[]> {
    const base = without(onlyOf(last?.files ?? NONE, began), mine.left);
    let tip = last;
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const theirs = tip?.files ?? NONE;
      const merged = mergeState({ base, mine: mine.files, theirs });
      const isNews = !isSame(merged.files, theirs);
      if (!isNews && tip === last) return [];
      const commit = isNews ? await trees.commit(tip, merged.files, messageOf(theirs, merged.files)) : tip?.commit;
      if (commit && (!isNews || (await pushed(trees, commit)))) {
        writeFiles(kept, mine.files, without(merged.files, mine.left));
        await trees.remember(commit);
        return merged.replaced;
      }
      world.log.debug(`${branch} on ${remote} was changed meanwhile; merging (${attempt} of ${TRIES}).`);
      await world.sleep(attempt * 300 * (0.5 + world.random()));
      tip = await fetched(trees);
    }
    throw new PaceError({
      kind: 'transient',
      message: `Other runs changed ${branch} on ${remote} each time that this one wanted to: its state is not kept there.`,
      remedy: 'Please let runs follow one another (`concurrency:` on GitHub, `resource_group:` on GitLab).',
    });
  }

  /** An answer that got lost may have been a yes: the next look at the branch tells. */
  async function pushed(trees: StateTrees, commit: string): Promise<boolean> {
    try {
      return (await trees.push(commit)) === 'pushed';
    } catch (error) {
      if (error instanceof PaceError && error.kind === 'transient') return false;
      throw error;
    }
  }

  return { restore, save };
}

/** A database that another process writes to is given a moment to become one file again. */
async function settledFiles(world: World, kept: Kept): Promise<ReadFiles> {
  for (let look = 1; ; look += 1) {
    const read = readFiles(kept);
    if (read.left.length === 0 || look === 10) return read;
    await world.sleep(200);
  }
}

function onlyOf(files: Files, present: Files): Files {
  return new Map([...files].filter(([path]) => present.has(path)));
}

function without(files: Files, paths: readonly string[]): Files {
  return new Map([...files].filter(([path]) => !paths.includes(path)));
}

function isSame(a: Files, b: Files): boolean {
  return a.size === b.size && [...a].every(([path, content]) => same(b.get(path), content));
}

/** Says which days it is about; no pipeline is to run for it. */
function messageOf(before: Files, after: Files): string {
  const changed = [...after].filter(([path, content]) => !same(before.get(path), content));
  const days = [...new Set(changed.flatMap(([path]) => /(?:^|\/)day-(\d+)\//.exec(path)?.[1] ?? []))];
  const what = days.length > 0 ? ` of day ${days.slice(0, 10).join(', ')}` : '';
  return `Keep the state${what} [skip ci]\n`;
}

function notKept(paths: readonly string[]): PaceError {
  return new PaceError({
    kind: 'transient',
    message: `Not kept on the branch: ${plainLine(paths.join(', '), 300)} in .pace is too large, or another process writes to it.`,
    remedy: 'Please end the other process, or keep large files elsewhere (at most 50 MB each).',
  });
}

function replacedByUs(paths: readonly string[], branch: string): PaceError {
  return new PaceError({
    kind: 'conflict',
    message: `Two runs changed ${plainLine(paths.join(', '), 300)} in .pace at the same time. This run's is kept.`,
    remedy: `The other one is in the history of ${branch}. Please let runs follow one another (\`concurrency:\` on GitHub, \`resource_group:\` on GitLab).`,
  });
}
