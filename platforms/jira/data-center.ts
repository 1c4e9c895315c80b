/** Jira Data Center, and Jira Server before it. https://developer.atlassian.com/server/jira/platform/rest/ */
import { PaceError } from '../../core/errors.ts';
import { createPageGuard } from '../../core/http/page-guard.ts';
import { unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import { withSchema } from './custom-fields.ts';
import { type Dialect, type JiraApi, PAGE } from './dialect.ts';
import { quoted } from './jql.ts';
import type { Operation } from './refusals.ts';
import { markdownToWiki, mergedWiki, normalWiki, wikiToMarkdown } from './wiki.ts';
import { PROPERTY, type WireIssue, type WireSearch } from './wire.ts';

/** How many metadata are asked for at once. */
const AT_ONCE = 10;

export const dataCenter: Dialect = {
  name: 'Data Center',
  version: 2,
  format: markdownToWiki,
  parse: (text) => (typeof text === 'string' ? wikiToMarkdown(text) : ''),
  merge: (before, markdown) => mergedWiki(typeof before === 'string' ? before : '', markdown),
  normal: normalWiki,
  measure: (markdown) => markdownToWiki(markdown).length,
  person: (id) => ({ name: id }),
  isPersonId: () => false,
  asksForPerson: (text) => /^[\w.@+-]+$/.test(text),
  peopleQuery: 'username',
  hasLevels: false,
  lacks: { 'list labels': 'Jira Data Center has no list of its labels.' },

  async *search(api, { jql, fields, expand, property, since = 0 }) {
    const guard = createPageGuard('Jira');
    let startAt = 0;
    for (;;) {
      const query = { jql, fields, expand, properties: property, startAt, maxResults: PAGE };
      const answer: WireSearch = await api.call('listIssues', { path: ['search'], query });
      const { issues, total = 0 } = answer;
      if (!Array.isArray(issues)) throw unexpectedAnswer('Jira', 'issues is not a list');
      const page = withSchema(issues, answer);
      for (let at = 0; at < page.length; at += AT_ONCE) {
        const some = page.slice(at, at + AT_ONCE);
        yield await Promise.all(
          some.map((issue) => (isBefore(issue, since) ? issue : completed(api, 'listIssues', issue))),
        );
      }
      startAt += issues.length;
      if (issues.length === 0 || startAt >= total) return;
      guard.next(startAt);
    }
  },

  async readMany(api, { keys, ...search }) {
    const found: WireIssue[] = [];
    const jql = `key in (${keys.map(quoted).join(', ')})`;
    for await (const page of this.search(api, { ...search, jql })) found.push(...page);
    return found;
  },

  complete: (api, issue) => completed(api, 'getIssue', issue),
};

function isBefore({ fields }: WireIssue, since: number): boolean {
  return Date.parse(fields?.updated ?? '') < since;
}

interface WireProperty {
  readonly value?: unknown;
}

/** A search does not tell entity properties, so that each issue is asked for its own. */
async function completed(api: JiraApi, operation: Operation, issue: WireIssue): Promise<WireIssue> {
  if (issue.properties !== undefined) return issue;
  const path = ['issue', issue.key, 'properties', PROPERTY];
  const known = await api.call<WireProperty>(operation, { path }).catch((error: unknown): WireProperty => {
    if (error instanceof PaceError && error.kind === 'not-found') return {};
    throw error;
  });
  return { ...issue, properties: { [PROPERTY]: known.value } };
}
