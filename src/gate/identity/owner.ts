/** Whose run it is: the repository by its id, the gate, the sprint, and the branch where it is not the default one. */
import type { Owner } from '../../../core/adapters/owner.ts';
import type { Faults } from '../../../core/faults.ts';
import type { GitFolder } from '../../../core/files/git-folder.ts';
import type { CodeHost, JudgedCommit } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';

export interface OwnerFacts {
  readonly world: Pick<World, 'env'>;
  /** Absent where it cannot be opened: a fault of every question to it. */
  readonly host: Pick<CodeHost, 'repository' | 'repositoryOfJob'> | undefined;
  readonly judged: JudgedCommit | undefined;
  readonly git: GitFolder | undefined;
  readonly faults: Faults;
  /** The name that the checkout goes by where the host does not tell one. */
  readonly name: string;
  /** Where the code lives: ids of two hosts may be equal. */
  readonly platform: string;
  /** The issues live there too. */
  readonly isAtHome: boolean;
}

export interface Place extends Pick<Owner, 'repository' | 'branch' | 'isUncertain'> {
  /** What the branch is called, also where it is the default one; `''` where nothing tells. */
  readonly branchName: string;
}

/** The repository and the branch of a run. Asks the host only for what neither job nor checkout tells. */
export async function placeOfRun(facts: OwnerFacts): Promise<Place> {
  const { host, git, faults, name } = facts;
  const branchName = branchOfRun(facts);
  const ofJob = await host?.repositoryOfJob?.();
  const known = { id: ofJob?.id, defaultBranch: ofJob?.defaultBranch ?? git?.defaultBranch };
  // at home the place tells whose an issue is: its id is not worth a request
  const needsId = host?.repositoryOfJob !== undefined && !facts.isAtHome;
  const lacks = (needsId && !known.id) || (branchName !== '' && !isSettled(branchName, known));
  if (!host || !lacks) {
    return {
      repository: { name, id: ofHost(facts, known.id) },
      branch: keptBranch(branchName, known.defaultBranch),
      branchName,
    };
  }
  const asked = await faults.caught('repository', undefined, () => host.repository());
  return {
    repository: { name, id: ofHost(facts, known.id ?? asked?.id) },
    branch: keptBranch(branchName, known.defaultBranch ?? asked?.defaultBranch),
    branchName,
    isUncertain: asked === undefined,
  };
}

function ofHost({ platform }: OwnerFacts, id: string | undefined): string | undefined {
  return id && `${platform}:${id}`;
}

/** Of a change the branch that it goes to: whose days it is measured against. */
function branchOfRun({ world, judged, git }: OwnerFacts): string {
  if (judged?.change) return judged.change.target;
  if (judged?.branch) return judged.branch;
  const [, named] = /^refs\/heads\/(.+)$/.exec(world.env['GITHUB_REF'] ?? '') ?? [];
  return named ?? git?.branch ?? '';
}

/** What nearly every default branch is called: not worth a question. */
const USUAL = ['main', 'master'];

function isSettled(branch: string, { defaultBranch }: { defaultBranch: string | undefined }): boolean {
  return defaultBranch !== undefined || USUAL.includes(branch);
}

/** `''` for the default branch, and for one of a usual name where nothing tells the default one. */
function keptBranch(branch: string, defaultBranch: string | undefined): string {
  if (branch === defaultBranch) return '';
  return defaultBranch === undefined && USUAL.includes(branch) ? '' : branch;
}
