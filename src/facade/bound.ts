/** What this project is bound to, and which way leads there: the hosted service, or a program on this machine. */
import { defined } from '../../core/defined.ts';
import { PaceError } from '../../core/errors.ts';
import { type Binding, type ProjectBlock, readProjectFile } from '../../core/hosted/binding.ts';
import type { HostedClient } from '../../core/hosted/client.ts';
import { openHosted, serverInUse } from '../../core/hosted/open.ts';
import {
  type HostedProvider,
  isHostedProvider,
  type LocalProvider,
  providerNamed,
} from '../../core/hosted/providers.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';

export type Bound =
  | {
      readonly kind: 'hosted';
      readonly provider: HostedProvider;
      readonly binding: Binding;
      readonly project: ProjectBlock;
    }
  | {
      readonly kind: 'local';
      readonly provider: LocalProvider;
      readonly binding: Binding;
      readonly project: ProjectBlock;
    };

/** Throws where nothing is bound, and for a provider that is not supported any more. Sends nothing. */
export async function boundProject(world: World): Promise<Bound> {
  const { binding, project, hasOldWord } = await readProjectFile(world);
  if (!binding) throw notBound();
  if (hasOldWord)
    world.log.warn(
      '`tracker.doctrine` is the old word for `tracker.ownership`; the next `pace tracker bind` writes the new one.',
    );
  const provider = providerNamed(binding.provider);
  const isWhole = isHostedProvider(provider) ? (binding.bindingRef ?? binding.projectSlug) : binding.workspace;
  if (!isWhole) throw notBound();
  return isHostedProvider(provider)
    ? { kind: 'hosted', provider, binding, project }
    : { kind: 'local', provider, binding, project };
}

export function notBound(): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: 'This project is not bound to a tracker.',
    remedy: 'Please run `pace tracker bind --provider …`.',
    neverSent: true,
  });
}

/** The service, for whoever is logged in, or for the token of the environment. Sends nothing yet. */
export function hostedService(world: World): HostedClient {
  refuseSwitchedOff(world);
  const { PACE_HOSTED_TOKEN: token, PACE_HOSTED_TEAM: team } = world.env;
  return openHosted(world, { address: neededServer(world), ...defined({ token, team }) });
}

/** The one that is named, else the one in use. */
export function neededServer(world: World, named?: string): string {
  const server = named ?? serverInUse(world);
  if (server) return server;
  throw new PaceError({
    kind: 'configuration',
    message: 'It is not known where the hosted tracker is.',
    remedy: 'Please name it: `pace tracker login --server https://…`, or SPEC_KITTY_SAAS_URL.',
    neverSent: true,
  });
}

const FLAG = 'SPEC_KITTY_ENABLE_SAAS_SYNC';

/** Nobody has to switch it on, for that is what a login says; but a word against it is heeded. */
export function refuseSwitchedOff({ env }: Pick<World, 'env'>): void {
  const word = env[FLAG]?.trim();
  if (word === undefined || word === '' || /^(?:1|true|yes|y|on)$/i.test(word)) return;
  throw new PaceError({
    kind: 'configuration',
    message: `The hosted tracker is switched off here: ${FLAG} is “${plainLine(word, 40)}”.`,
    remedy: `Please take ${FLAG} away, or set it to 1.`,
    neverSent: true,
  });
}

/** Whether anything of this project may leave the machine. */
export function refuseEgress({ egress }: Binding): void {
  if (egress === undefined || egress === 'permitted') return;
  throw new PaceError({
    kind: 'permission',
    message: `This project sends nothing to its tracker: \`tracker.egress\` is “${plainLine(egress, 40)}”.`,
    remedy: 'Please write `egress: permitted` in .kittify/config.yaml where it may.',
    neverSent: true,
  });
}
