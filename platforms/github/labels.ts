/** Labels. https://docs.github.com/en/rest/issues/labels */

import { defined } from '../../core/defined.ts';
import { asPaceError, PaceError, withOperation } from '../../core/errors.ts';
import type { Label } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { Api } from './api.ts';
import { toLabel, type WireLabel } from './issue-wire.ts';

export async function* listLabels(api: Api): AsyncGenerator<Label> {
  for await (const page of api.list<WireLabel>('listLabels', 'read issues', 'labels')) yield* page.map(toLabel);
}

export async function createLabel(api: Api, label: Label): Promise<Label> {
  return asLabel(label.name, () =>
    api.call('createLabel', 'write issues', (octokit) =>
      octokit.request('POST /repos/{owner}/{repo}/labels', { ...api.repository, name: label.name, ...fieldsOf(label) }),
    ),
  );
}

export async function updateLabel(api: Api, name: string, changes: Partial<Label>): Promise<Label> {
  const address = addressOf(api, 'updateLabel', name);
  const { name: newName = name } = changes;
  return asLabel(newName, () =>
    api.call('updateLabel', 'write issues', (octokit) =>
      octokit.request('PATCH /repos/{owner}/{repo}/labels/{name}', {
        ...address,
        ...(newName === name ? {} : { new_name: newName }),
        ...fieldsOf(changes),
      }),
    ),
  );
}

export async function deleteLabel(api: Api, name: string): Promise<void> {
  const address = addressOf(api, 'deleteLabel', name);
  await api.call('deleteLabel', 'write issues', (octokit) =>
    octokit.request('DELETE /repos/{owner}/{repo}/labels/{name}', address),
  );
}

/** A name of dots would lead up the path, to the repository itself. */
function addressOf(api: Api, operation: string, name: string): { owner: string; repo: string; name: string } {
  if (!/^\.{0,2}$/.test(name.trim())) return { ...api.repository, name };
  throw new PaceError({
    kind: 'not-found',
    message: `${api.fullName} has no label “${plainLine(name, 60)}”.`,
    remedy: 'Please give the name of a label.',
    operation,
  });
}

function fieldsOf({ description, color }: Partial<Label>): { description?: string; color?: string } {
  return {
    ...defined({ description, color }),
  };
}

async function asLabel(name: string, write: () => Promise<WireLabel>): Promise<Label> {
  try {
    return toLabel(await write());
  } catch (thrown) {
    const error = asPaceError(thrown);
    if (!/already_exists/.test(error.vendorMessage ?? '')) throw error;
    throw withOperation(error, error.operation ?? 'createLabel', {
      kind: 'conflict',
      message: `There is a label “${plainLine(name, 60)}” already; upper and lower case make no difference.`,
      remedy: 'Please choose another name, or edit that label.',
    });
  }
}
