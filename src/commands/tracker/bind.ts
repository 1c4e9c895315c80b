/** `pace tracker bind` and `unbind`. */
import { PaceError } from '../../../core/errors.ts';
import { type Binding, readProjectFile, writeBinding } from '../../../core/hosted/binding.ts';
import { isHostedProvider, isLocalProvider } from '../../../core/hosted/providers.ts';
import type { World } from '../../../core/world.ts';
import { type Candidate, hostedBinding, policyOf } from '../../facade/binding.ts';
import { hostedService } from '../../facade/bound.ts';
import { noCredentials } from '../../facade/hard-breaks.ts';
import { clearLocal, keepLocal } from '../../facade/local-credentials.ts';
import { limitIn, modeIn, needed, neededProvider, ownersIn, pairsIn } from './given.ts';
import type { TrackerBind } from './options.ts';

export interface BindContext {
  /** Asks the person; absent where nobody can be asked. */
  readonly choose?: ((candidates: readonly Candidate[]) => Promise<number | undefined>) | undefined;
  readonly confirm?: ((before: Binding) => Promise<boolean>) | undefined;
}

/** `undefined`: the person does not want to. */
export async function bindProject(
  world: World,
  options: TrackerBind,
  { choose, confirm }: BindContext,
): Promise<Binding | undefined> {
  const { bindRef: bindingRef, projectSlug, workspace, credential = [] } = options;
  const provider = neededProvider(options.provider);
  if (isHostedProvider(provider) && credential.length > 0) throw noCredentials(provider);
  const credentials = pairsIn('--credential', credential);
  const asked = {
    mode: modeIn(options.ownershipMode, options.doctrineMode),
    fieldOwners: ownersIn(options.fieldOwner),
  };
  const select = options.select === undefined ? undefined : limitIn(options.select, { usual: 1, most: 999 });
  const place = isHostedProvider(provider) ? undefined : needed(workspace, '--workspace');
  const { binding: before } = await readProjectFile(world);
  // what nobody has said stays as it was
  const policy = { mode: asked.mode ?? before?.mode, fieldOwners: asked.fieldOwners ?? before?.fieldOwners };
  const isNamed = [bindingRef, projectSlug, options.select, place].some((each) => each !== undefined);
  if (before && !isNamed) {
    if (!confirm) throw boundAlready(before);
    if (!(await confirm(before))) return undefined;
  }
  const binding = isHostedProvider(provider)
    ? await hostedBinding(world, () => hostedService(world), {
        provider,
        choice: { bindingRef, projectSlug, select, choose },
        policy,
      })
    : { provider, workspace: place, ...policyOf(policy) };
  await writeBinding(world, binding);
  if (!isHostedProvider(provider)) keepLocal(world, provider, credentials);
  return binding;
}

/** What it was bound to. */
export async function unbindProject(world: World): Promise<Binding | undefined> {
  const { binding } = await readProjectFile(world);
  await writeBinding(world, undefined);
  if (binding && isLocalProvider(binding.provider)) clearLocal(world, binding.provider);
  return binding;
}

function boundAlready({ provider }: Binding): PaceError {
  return new PaceError({
    kind: 'conflict',
    message: `This project is bound to ${provider} already, and nobody can be asked here.`,
    remedy:
      'Please say what it is to be bound to: --bind-ref, --project-slug or --select; or `pace tracker unbind` first.',
    neverSent: true,
  });
}
