/** Comments. https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments/ */
import { PaceError } from '../../core/errors.ts';
import type { TrackerDriver } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { JiraApi } from './dialect.ts';
import { validKey } from './fields.ts';
import { paged } from './pages.ts';
import type { Operation } from './refusals.ts';
import { toComment, type WireComment } from './wire.ts';

type Offered = 'listComments' | 'addComment' | 'updateComment' | 'deleteComment';

export function createComments(api: JiraApi): Pick<Required<TrackerDriver>, Offered> {
  async function write(operation: Operation, method: 'POST' | 'PUT', path: string[], markdown: string) {
    const { format, parse } = await api.dialect(operation);
    const body = { body: format(markdown) };
    return toComment(await api.call<WireComment>(operation, { method, path, body }), parse);
  }

  return {
    async *listComments(key) {
      const call = { path: ['issue', validKey(key, 'listComments'), 'comment'], query: { orderBy: 'created' } };
      const seen = new Set<string>();
      for await (const wire of paged<WireComment>(api, 'listComments', call, { names: ['comments'] })) {
        if (seen.has(wire.id)) continue;
        seen.add(wire.id);
        yield toComment(wire, (await api.dialect('listComments')).parse);
      }
    },
    addComment: async (key, markdown) => {
      const operation = 'addComment';
      return write(operation, 'POST', ['issue', validKey(key, operation), 'comment'], markdown);
    },
    updateComment: async (key, id, markdown) => {
      const operation = 'updateComment';
      return write(operation, 'PUT', ['issue', validKey(key, operation), 'comment', validId(id, operation)], markdown);
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
