/** Repository variables of Pipelines. https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pipelines/ */
import { asPaceError, unsupported, withOperation } from '../../core/errors.ts';
import { anyText, neededText } from '../../core/http/unexpected-answer.ts';
import type { Api } from './api.ts';
import type { Operation } from './refusals.ts';

interface WireVariable {
  readonly uuid: string;
  readonly key: string;
  readonly value?: string;
  readonly secured?: boolean;
}

/** Throws `unsupported` for a secured one, which nobody can read. */
export async function getVariable(api: Api, name: string): Promise<string | undefined> {
  const found = await findVariable(api, 'getVariable', name);
  if (!found) return undefined;
  if (!found.secured) return anyText('Bitbucket', 'value', found.value);
  const remedy = `Please make ${name} a repository variable that is not secured: delete it and add it again (Repository settings → Repository variables).`;
  throw withOperation(unsupported('Bitbucket', `read ${name}, a secured variable`, remedy), 'getVariable');
}

/** Only the value changes: a secured variable stays one. */
export async function setVariable(api: Api, name: string, value: string): Promise<void> {
  const found = await findVariable(api, 'setVariable', name);
  if (found) return update(api, found, value);
  try {
    const body = { key: name, value, secured: false };
    await api.send('setVariable', { method: 'POST', path: variables(api), body });
  } catch (error) {
    // another run has made it meanwhile
    const other = asPaceError(error).status === 409 ? await findVariable(api, 'setVariable', name) : undefined;
    if (!other) throw error;
    await update(api, other, value);
  }
}

async function update(api: Api, { uuid, key, secured = false }: WireVariable, value: string): Promise<void> {
  const path = `${variables(api)}/${encodeURIComponent(neededText('Bitbucket', 'uuid', uuid))}`;
  await api.send('setVariable', { method: 'PUT', path, body: { key, value, secured } });
}

async function findVariable(api: Api, operation: Operation, name: string): Promise<WireVariable | undefined> {
  const query = { pagelen: '100' };
  for await (const variable of api.list<WireVariable>(operation, { path: variables(api), query })) {
    if (neededText('Bitbucket', 'key', variable.key) === name) return variable;
  }
  return undefined;
}

function variables({ repo }: Api): string {
  return `${repo}/pipelines_config/variables`;
}
