/** Jira Cloud. https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/ */
import { createPageGuard } from '../../core/http/page-guard.ts';
import { unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import { adfToMarkdown, markdownToAdf, measureAdf, mergedDocument, normalAdf } from './adf.ts';
import { withSchema } from './custom-fields.ts';
import { type Dialect, PAGE } from './dialect.ts';
import type { WireIssue, WireSearch } from './wire.ts';

/** `5b10a2844c20165700ede21g`, `557058:f58131cb-…`, `qm:…:…`. */
const ACCOUNT_ID = /^(?:(?=[0-9a-z]*\d)[0-9a-z]{24}|(?:[0-9a-z]+:)+[0-9a-f]{8}(?:-[0-9a-f]{4,12}){4})$/i;

export const cloud: Dialect = {
  name: 'Cloud',
  version: 3,
  format: markdownToAdf,
  parse: adfToMarkdown,
  merge: mergedDocument,
  normal: normalAdf,
  measure: measureAdf,
  person: (id) => ({ accountId: id }),
  isPersonId: (text) => ACCOUNT_ID.test(text),
  asksForPerson: (text) => ACCOUNT_ID.test(text),
  peopleQuery: 'query',
  hasLevels: true,
  lacks: {},

  async *search(api, { jql, fields, expand, property, fresh }) {
    const query = { jql, fields, expand, properties: property, maxResults: PAGE, reconcileIssues: fresh };
    const guard = createPageGuard('Jira');
    let nextPageToken: string | undefined;
    for (;;) {
      const answer: WireSearch = await api.call('listIssues', {
        path: ['search', 'jql'],
        query: { ...query, nextPageToken },
      });
      const { issues = answer.isLast === true ? [] : undefined } = answer;
      if (!Array.isArray(issues)) throw unexpectedAnswer('Jira', 'issues is not a list');
      yield withSchema(issues, answer);
      const token = answer.nextPageToken ?? undefined;
      // a page may be empty where nothing on it may be seen
      if (answer.isLast === true || token === undefined || token === nextPageToken) return;
      guard.next(token);
      nextPageToken = token;
    }
  },

  readMany: async (api, { keys, fields, expand, property }) => {
    const { issues = [], ...answer } = await api.call<WireSearch>('createIssue', {
      method: 'POST',
      path: ['issue', 'bulkfetch'],
      body: {
        issueIdsOrKeys: keys,
        fields: fields.split(','),
        expand: expand.split(','),
        properties: [property],
      },
    });
    return withSchema(issues, answer);
  },

  complete: async (_, issue: WireIssue) => issue,
};
