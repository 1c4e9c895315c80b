/** Comments. https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments/ */
import { PaceError } from '../../core/errors.ts';
import type { TrackerDriver } from '../../core/ports/index.ts';
import { isRecord } from '../../core/record.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { changedText } from './changed-text.ts';
import type { JiraApi } from './dialect.ts';
import { validKey } from './fields.ts';
import { paged } from './pages.ts';
import type { Operation } from './refusals.ts';
import { toComment, type WireComment } from './wire.ts';

type Offered = 'listComments' | 'addComment' | 'updateComment' | 'deleteComment';

export function createComments(world: Pick<World, 'log'>, api: JiraApi): Pick<Required<TrackerDriver>, Offered> {
  async function write(operation: Operation, method: 'POST' | 'PUT', path: string[], body: unknown) {
    const { parse } = await api.dialect(operation);
    return toComment(await api.call<WireComment>(operation, { method, path, body: { body } }), parse);
  }

  return {
    async *listComments(key) {
      const { name, parse } = await api.dialect('listComments');
      // who a comment of a service desk is for
      const expand = name === 'Data Center' ? { expand: 'properties' } : {};
      const path = ['issue', validKey(key, 'listComments'), 'comment'];
      const call = { path, query: { orderBy: 'created', ...expand } };
      const seen = new Set<string>();
      for await (const wire of paged<WireComment>(api, 'listComments', call, { names: ['comments'] })) {
        if (seen.has(wire.id)) continue;
        seen.add(wire.id);
        yield toComment(wire, parse);
      }
    },
    addComment: async (key, markdown) => {
      const operation = 'addComment';
      const { format } = await api.dialect(operation);
      return write(operation, 'POST', ['issue', validKey(key, operation), 'comment'], format(markdown));
    },
    updateComment: async (key, id, markdown) => {
      const operation = 'updateComment';
      const path = ['issue', validKey(key, operation), 'comment', validId(id, operation)];
      const textIn = (answer: unknown) => (isRecord(answer) ? answer['body'] : undefined);
      const what = `The comment ${id} of ${key}`;
      return write(operation, 'PUT', path, await changedText(world, api, { operation, path, textIn, what, markdown }));
    },
    deleteComment: async (key, id) => {
      const operation = 'deleteComment';
      const path = ['issue', validKey(key, operation), 'comment', validId(id, operation)];
      await api.send(operation, { method: 'DELETE', path });
    },
  };
}

function validId(id: string, operation: Operation): string {
  if (/^\d{1,19}$/.test(id)) return id;
  throw new PaceError({
    kind: 'not-found',
    operation,
    message: `“${plainLine(id, 40)}” is not the id of a comment in Jira.`,
    remedy: 'Please take the id from the list of comments.',
  });
}
