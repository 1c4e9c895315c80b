/** The embedded host: the git checkout itself. There is no server, hence no checks and no commit statuses. */
import { existsSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { looksAt } from '../diagnosis.ts';
import { PaceError } from '../errors.ts';
import { gitOr } from '../git.ts';
import type { ChangeRequest, CodeHost, ProposedChange, Repository } from '../ports.ts';
import type { World } from '../world.ts';
import { during } from './during.ts';
import { insideWorkspace, writeAtomically } from './files.ts';
import { readTexts, writeTexts } from './json-file.ts';
import { findReview, writeReview } from './review-document.ts';

/** Branch → path of the document that stands for its change request. */
const REVIEWS = '.pace/reviews.json';
/** What a person can still read. */
const BODY_LIMIT = 1_000_000;
const VARIABLES = '.pace/variables.json';

export function createHost(world: World): CodeHost {
  const { cwd } = world;

  async function findChange(branch: string): Promise<ChangeRequest | undefined> {
    const path = readTexts(world, REVIEWS)[branch];
    return path === undefined ? undefined : findReview(world, insideWorkspace(path));
  }

  return {
    platform: 'local',
    bodyLimit: { max: BODY_LIMIT, unit: 'characters' },
    repositoryName: () => nameOf(world),
    judgedCommit: async () => {
      const sha = await gitOr(world, ['rev-parse', '--verify', '--quiet', 'HEAD']);
      return sha ? { sha } : undefined;
    },
    repository: () => describe(world),
    findChange: (branch) => during('findChange', () => findChange(branch)),

    proposeChange: (change) =>
      during('proposeChange', async () => {
        const known = await findChange(change.branch);
        if (known && known.state !== 'open') return known;
        const [document, ...others] = change.files;
        const path = known?.key ?? insideWorkspace(document?.path ?? pathFor(change));
        for (const file of others) writeAtomically(join(cwd, insideWorkspace(file.path)), file.content);
        const review = writeReview(world, path, change);
        writeTexts(world, REVIEWS, { ...readTexts(world, REVIEWS), [change.branch]: path });
        return review;
      }),

    getVariable: (name) =>
      during('getVariable', async () => {
        const fromEnv = Object.hasOwn(world.env, name) ? world.env[name] : undefined;
        return fromEnv || readTexts(world, VARIABLES)[name];
      }),

    setVariable: (name, value) =>
      during('setVariable', async () => {
        checkName(name);
        writeTexts(world, VARIABLES, { ...readTexts(world, VARIABLES), [name]: value });
      }),

    diagnose: async () => {
      const looks = looksAt('code host');
      await looks.look(
        'repository',
        'broken',
        () => nameOf(world),
        (name) => `${name}, the checkout itself; it has no checks and no commit statuses`,
      );
      return looks.diagnoses;
    },

    jobSummary: () => ({ path: join(cwd, 'pace-summary.md'), append: false, maxBytes: 64 * 1024 * 1024 }),
  };
}

async function describe(world: World): Promise<Repository> {
  const [name, url, branch] = await Promise.all([nameOf(world), rootOf(world), defaultBranch(world)]);
  return { name, url, defaultBranch: branch };
}

/** Without git, or outside a checkout, the folder itself is the repository. */
async function rootOf(world: World): Promise<string> {
  // in the root itself there is nothing to ask
  if (existsSync(join(world.cwd, '.git'))) return realpathSync(world.cwd);
  return (await gitOr(world, ['rev-parse', '--show-toplevel'])) || world.cwd;
}

async function nameOf(world: World): Promise<string> {
  const remote = await gitOr(world, ['config', '--get', 'remote.origin.url']);
  return pathOfRemote(remote ?? '') || basename(await rootOf(world)) || 'workspace';
}

async function defaultBranch(world: World): Promise<string> {
  const remoteHead = await gitOr(world, ['symbolic-ref', '--short', 'refs/remotes/origin/HEAD']);
  if (remoteHead) return remoteHead.replace(/^origin\//, '');
  const configured = await gitOr(world, ['config', '--get', 'init.defaultBranch']);
  if (configured && (await gitOr(world, ['rev-parse', '--verify', '--quiet', `refs/heads/${configured}`]))) {
    return configured;
  }
  return (await gitOr(world, ['symbolic-ref', '--short', 'HEAD'])) || configured || 'main';
}

/** `owner/name` of `https://host/owner/name.git`, `git@host:owner/name.git` or `/srv/git/name.git`; `''` when there is none. */
export function pathOfRemote(url: string): string {
  const [, path = ''] =
    /^(?!file:)[a-z][a-z0-9+.-]*:\/\/[^/]*(\/.*)$/i.exec(url) ?? /^[^/\\:]{2,}:(?!\/\/)(.+)$/.exec(url) ?? [];
  const folder = url.split(/[\\/]/).filter(Boolean).at(-1) ?? '';
  return (path || folder).replace(/^\/+|\/+$/g, '').replace(/\.git$/, '');
}

function pathFor(change: ProposedChange): string {
  return `.pace/${change.branch.replace(/[^A-Za-z0-9._-]+/g, '-')}.md`;
}

function checkName(name: string): void {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return;
  throw new PaceError({
    kind: 'validation',
    message: `${JSON.stringify(name.slice(0, 60))} cannot be the name of a variable.`,
    remedy: 'Please use letters, digits and `_`, and start with a letter.',
  });
}
