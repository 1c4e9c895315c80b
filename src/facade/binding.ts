/** Binding a project to what stands at the service, or to a program on this machine. */
import { PaceError } from '../../core/errors.ts';
import {
  type Binding,
  OWNERSHIP_MODES,
  type Owner,
  type OwnershipMode,
  readProjectFile,
} from '../../core/hosted/binding.ts';
import type { Body, HostedClient } from '../../core/hosted/client.ts';
import { refusalIn } from '../../core/hosted/envelope.ts';
import { TITLE } from '../../core/hosted/exchange.ts';
import { projectIdentity } from '../../core/hosted/identity.ts';
import type { HostedProvider } from '../../core/hosted/providers.ts';
import { unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import { isRecord } from '../../core/record.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';

export interface Policy {
  readonly mode?: OwnershipMode | undefined;
  readonly fieldOwners?: Readonly<Record<string, Owner>> | undefined;
}

export interface Candidate {
  readonly token: string;
  readonly label: string;
  readonly confidence: string;
  readonly reason: string;
}

export interface HostedChoice {
  readonly bindingRef?: string | undefined;
  readonly projectSlug?: string | undefined;
  /** From 1. */
  readonly select?: number | undefined;
  /** Asks the person; absent where nobody can be asked. */
  readonly choose?: ((candidates: readonly Candidate[]) => Promise<number | undefined>) | undefined;
}

/** What is to be written. Nothing is asked of the service where the project’s own name is given. */
export async function hostedBinding(
  world: World,
  open: () => HostedClient,
  {
    provider,
    choice,
    policy,
  }: { readonly provider: HostedProvider; readonly choice: HostedChoice; readonly policy: Policy },
): Promise<Binding> {
  const base = { provider, ...policyOf(policy) };
  const { bindingRef, projectSlug } = choice;
  if (bindingRef === undefined && projectSlug !== undefined) return { ...base, projectSlug };
  const client = open();
  const identity = await projectIdentity(world, (await readProjectFile(world)).project);
  const found =
    bindingRef === undefined
      ? await resolved(client, { provider, identity, choice })
      : await validated(client, { provider, bindingRef, identity });
  return { ...base, ...boundTo(found), ...(projectSlug === undefined ? {} : { projectSlug }) };
}

export function policyOf({ mode = OWNERSHIP_MODES[0], fieldOwners = {} }: Policy) {
  return { mode, fieldOwners };
}

interface Asked {
  readonly provider: HostedProvider;
  readonly identity: Body;
}

async function validated(
  client: HostedClient,
  { provider, bindingRef, identity }: Asked & { readonly bindingRef: string },
): Promise<Body> {
  const answer = await client.validateBinding(provider, bindingRef, identity);
  if (answer['valid'] === true) return { ...answer, binding_ref: bindingRef };
  throw new PaceError({
    kind: 'not-found',
    message: `${plainLine(bindingRef, 100)} cannot be bound: ${plainLine(String(answer['reason'] ?? 'the service does not say why'), 200)}.`,
    remedy: plainLine(String(answer['guidance'] ?? ''), 300) || 'Please run `pace tracker bind` without --bind-ref.',
  });
}

async function resolved(
  client: HostedClient,
  asked: Asked & { readonly choice: HostedChoice },
  isAgain = false,
): Promise<Body> {
  const { provider, identity, choice } = asked;
  const answer = await client.resolveBinding(provider, identity);
  const kind = answer['match_type'];
  if (kind === 'none') throw nothingFits(provider);
  if (kind !== 'exact' && kind !== 'candidates') throw unexpectedAnswer(TITLE, 'no word about what fits this project');
  if (kind === 'exact' && typeof answer['binding_ref'] === 'string') return answer;
  const token = kind === 'exact' ? answer['candidate_token'] : (await chosen(candidatesIn(answer), choice)).token;
  if (typeof token !== 'string') throw unexpectedAnswer(TITLE, 'what fits this project has no `candidate_token`');
  try {
    return (await client.confirmBinding(provider, token, identity)).body;
  } catch (error) {
    // what was offered has grown too old meanwhile
    if (isAgain || refusalIn(error)?.envelope.code !== 'invalid_candidate_token') throw error;
    return resolved(client, asked, true);
  }
}

function candidatesIn({ candidates }: Body): Candidate[] {
  if (!Array.isArray(candidates)) throw unexpectedAnswer(TITLE, 'a list of what fits was expected');
  const place = (each: Body) => (typeof each['sort_position'] === 'number' ? each['sort_position'] : 0);
  const word = (value: unknown) => plainLine(String(value ?? ''), 200);
  return candidates
    .filter(isRecord)
    .sort((one, other) => place(one) - place(other))
    .map((each) => ({
      ...{ token: String(each['candidate_token'] ?? ''), label: word(each['display_label']) },
      ...{ confidence: word(each['confidence']), reason: word(each['match_reason']) },
    }));
}

async function chosen(candidates: readonly Candidate[], { select, choose }: HostedChoice): Promise<Candidate> {
  const place = select ?? (await choose?.(candidates));
  const found = place === undefined ? undefined : candidates[place - 1];
  if (found) return found;
  const list = candidates.map(
    ({ label, confidence, reason }, index) => `${index + 1} ${label} (${confidence}: ${reason})`,
  );
  throw new PaceError({
    kind: 'configuration',
    message:
      place === undefined
        ? `Several fit this project:\n${list.join('\n')}`
        : `There is no choice ${place}:\n${list.join('\n')}`,
    remedy: 'Please name one: `pace tracker bind … --select N`.',
  });
}

function nothingFits(provider: string): PaceError {
  return new PaceError({
    kind: 'not-found',
    message: `Nothing of ${provider} at the hosted tracker fits this project.`,
    remedy: 'Please set it up at the service, or name it: --bind-ref or --project-slug.',
  });
}

function boundTo(found: Body): Pick<Binding, 'bindingRef' | 'projectSlug' | 'displayLabel' | 'providerContext'> {
  const word = (name: string) => {
    const value = found[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const context = found['provider_context'];
  const bindingRef = word('binding_ref');
  if (bindingRef === undefined) throw unexpectedAnswer(TITLE, 'a `binding_ref` was expected');
  return {
    ...{ bindingRef, projectSlug: word('project_slug'), displayLabel: word('display_label') },
    providerContext: isRecord(context) ? context : undefined,
  };
}
