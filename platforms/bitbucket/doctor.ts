/** What `doctor` looks at on Bitbucket. Reads only. Every answer tells the scopes of the token. */
import { type Looks, looksAt, WRITE_UNPROVEN } from '../../core/drivers/diagnosis-looks.ts';
import type { Diagnosis, DiagnosisState, GateNeeds } from '../../core/ports/index.ts';
import { collect } from '../../core/tracker/collect.ts';
import type { Api } from './api.ts';
import type { Context } from './job.ts';
import { neededScopes, type Operation, PERMISSIONS, scopesFor } from './refusals.ts';
import type { WireRepository } from './wire.ts';

export async function diagnoseHost({ api }: Context, needs: GateNeeds): Promise<Diagnosis[]> {
  const looks = looksAt('code host');
  const found = await looks.look(
    'repository',
    'broken',
    () => api.call<WireRepository>('repository', { path: api.repo }),
    ({ full_name: name, mainbranch }) => `${name}, default branch ${mainbranch?.name ?? 'none yet'}`,
  );
  if (!found) return looks.diagnoses;
  looks.note('token', token(api));
  if (needs.waitsForCi) await reads({ api, looks }, 'listChecks', 'broken', '/pipelines');
  writes(api, looks, 'setCommitStatus');
  if (needs.opensReviews) {
    await reads({ api, looks }, 'findChange', 'degraded', '/pullrequests');
    writes(api, looks, 'proposeChange');
    looks.note('checks of review requests', {
      state: 'ok',
      detail: 'Pipelines start as for a person’s pull request, where the definition has `pull-requests`.',
    });
  }
  if (needs.usesVariables) {
    await reads({ api, looks }, 'getVariable', 'degraded', '/pipelines_config/variables');
    writes(api, looks, 'setVariable');
  }
  looks.note('branch protection', {
    state: 'unknown',
    detail: 'Bitbucket shows branch restrictions to administrators only.',
    remedy:
      'Please check that Repository settings → Branch restrictions → Merge settings asks for a successful build: else a HOLD does not stop a merge.',
  });
  return looks.diagnoses;
}

function token(api: Api) {
  const scopes = api.grantedScopes();
  const kind = api.credential === 'api-token' ? 'an API token' : 'an access token';
  if (!scopes) return { state: 'unknown', detail: `It is ${kind}; Bitbucket does not tell its scopes.` } as const;
  return { state: 'ok', detail: `It is ${kind}, scopes: ${scopes.join(', ') || 'none'}.` } as const;
}

/** A read that the gate needs is done once. */
async function reads(
  { api, looks }: { readonly api: Api; readonly looks: Looks },
  operation: Operation,
  otherwise: DiagnosisState,
  path: string,
): Promise<void> {
  const { deed } = PERMISSIONS[operation];
  await looks.look(
    deed,
    otherwise,
    () => collect(api.list(operation, { path: `${api.repo}${path}`, query: { pagelen: '10' } }), 1),
    () => `The token may ${deed}.`,
  );
}

/** By what Bitbucket says of the scopes, since only writing would show it. What the token's user may is not told. */
function writes(api: Api, looks: Looks, operation: Operation): void {
  const { deed } = PERMISSIONS[operation];
  const scopes = api.grantedScopes();
  const remedy = neededScopes({ operation, credential: api.credential, repository: api.fullName });
  const lacking = scopesFor(operation, api.credential).filter((scope) => !scopes?.some((has) => includes(has, scope)));
  if (scopes && lacking.length > 0) {
    const detail = `The token may not ${deed}: it lacks ${lacking.join(' and ')}.`;
    looks.note(deed, { state: 'degraded', detail, remedy });
  } else if (scopes && api.credential === 'access-token') {
    looks.note(deed, { state: 'ok', detail: `The token may ${deed} (by its scopes).` });
  } else looks.note(deed, { state: 'unknown', detail: WRITE_UNPROVEN, remedy: `If it fails: ${remedy}` });
}

/** `repository:write` includes `repository`. https://developer.atlassian.com/cloud/bitbucket/bitbucket-cloud-rest-api-scopes/ */
function includes(has: string, wanted: string): boolean {
  return has === wanted || (!wanted.includes(':') && has.startsWith(`${wanted}:`));
}
