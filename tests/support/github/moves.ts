/**
 * Issues that people have transferred to another repository, and a repository that was renamed: what GitHub answers at their old
 * addresses. Of a transferred issue it leads on to the issue itself, and finds nothing below it.
 */
import { NOT_FOUND } from '../github-answers.ts';
import type { Answer, Asked, Handler, Routes } from '../loopback.ts';

export interface Moves {
  /** The routes, with the old addresses answered as GitHub does, and those by the number of a repository beside them. */
  around(routes: Routes): Routes;
  /** The issue at `from` is now the one at `to`: `/repos/octo-org/octo-repo/issues/1`. */
  moved(from: string, to: string): void;
}

/** `repositories`: `owner/name`, by their numbers from 1 on. `formerly`: what the first of them was called. */
export function createMoves(repositories: readonly string[], formerly: string | undefined): Moves {
  const places = new Map<string, string>();

  function byNumber(path: string): string {
    const [, repository = '', rest = ''] = /^\/repos\/([^/]+\/[^/]+)(.*)$/.exec(path) ?? [];
    return `/repositories/${repositories.indexOf(repository) + 1}${rest}`;
  }

  /** Where the request is led to; `undefined` when it is meant for what is there. */
  function ledTo({ path, query, method, origin }: Asked): Answer | undefined {
    const [, issue = '', below] = /^(\/repos\/[^/]+\/[^/]+\/issues\/\d+)(\/.*)?$/.exec(path) ?? [];
    const to = places.get(issue);
    if (to !== undefined) return below === undefined ? redirect(301, `${origin}${byNumber(to)}`) : NOT_FOUND;
    if (formerly === undefined || !path.startsWith(`/repos/${formerly}`)) return undefined;
    const rest = path.slice(`/repos/${formerly}`.length);
    const search = query.size > 0 ? `?${query}` : '';
    // the method stays what it was
    return redirect(method === 'GET' ? 301 : 307, `${origin}${byNumber(`/repos/${repositories[0]}`)}${rest}${search}`);
  }

  const around =
    (handler: Handler): Handler =>
    async (asked) =>
      ledTo(asked) ?? withoutMoved(await handler(asked));

  function withoutMoved(answer: Answer): Answer {
    const isMoved = (item: unknown) => places.has(pathIn(item, 'url'));
    if (Array.isArray(answer.json)) return { ...answer, json: answer.json.filter((item) => !isMoved(item)) };
    // comments go with their issue
    return places.has(pathIn(answer.json, 'issue_url')) ? NOT_FOUND : answer;
  }

  return {
    moved: (from, to) => void places.set(from, to),
    around: (routes) => ({
      ...Object.fromEntries(METHODS.map((method) => [`${method} /repositories/:id`, passOn])),
      ...Object.fromEntries(METHODS.map((method) => [`${method} /repositories/:id/:rest*`, passOn])),
      ...Object.fromEntries(Object.entries(routes).map(([route, handler]) => [route, around(handler)])),
    }),
  };

  async function passOn({ method, path, query, headers, body, origin }: Asked): Promise<Answer> {
    const [, id, rest = ''] = /^\/repositories\/(\d+)(.*)$/.exec(path) ?? [];
    const repository = repositories[Number(id) - 1];
    if (repository === undefined) return NOT_FOUND;
    const response = await fetch(`${origin}/repos/${repository}${rest}?${query}`, {
      method,
      headers: { authorization: headers['authorization'] ?? '', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, ...(text === '' ? {} : { json: JSON.parse(text) as unknown }) };
  }
}

const METHODS = ['GET', 'POST', 'PATCH', 'DELETE'];

function redirect(status: number, url: string): Answer {
  const json = { message: 'Moved Permanently', url, documentation_url: 'https://docs.github.com/rest' };
  return { status, headers: { location: url }, json };
}

function pathIn(item: unknown, name: string): string {
  if (typeof item !== 'object' || item === null) return '';
  return URL.parse(String(Reflect.get(item, name)))?.pathname ?? '';
}
