/** Answers and limits of GitHub's API that do not depend on what is stored. */
import type { StatusToShow } from './github-shapes.ts';
import type { Answer, Asked } from './loopback.ts';

export const LIMITS = {
  'x-ratelimit-limit': '1000',
  'x-ratelimit-remaining': '990',
  'x-ratelimit-reset': '1772442000',
  'x-ratelimit-used': '10',
  'x-ratelimit-resource': 'core',
  'x-github-api-version-selected': '2022-11-28',
};
export const NOT_FOUND: Answer = {
  status: 404,
  json: { message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' },
};
export const BAD_CREDENTIALS: Answer = {
  status: 401,
  json: { message: 'Bad credentials', documentation_url: 'https://docs.github.com/rest', status: '401' },
};
export const NO_COMMIT: Answer = {
  status: 422,
  json: { message: `No commit found for SHA: ${'dead'.repeat(10)}`, documentation_url: 'https://docs.github.com/rest' },
};

export function invalid(error: object): Answer {
  return {
    status: 422,
    json: {
      message: 'Validation Failed',
      errors: [error],
      documentation_url: 'https://docs.github.com/rest',
      status: '422',
    },
  };
}

export function page<Item>(asked: Asked, all: readonly Item[]): { items: Item[]; headers: Record<string, string> } {
  const size = Math.min(Number(asked.query.get('per_page') ?? 30), 100);
  const number = Number(asked.query.get('page') ?? 1);
  const items = all.slice((number - 1) * size, number * size);
  if (number * size >= all.length) return { items, headers: LIMITS };
  const next = new URLSearchParams(asked.query);
  next.set('page', String(number + 1));
  return { items, headers: { ...LIMITS, link: `<${asked.origin}${asked.path}?${next}>; rel="next"` } };
}

export function paged<Item>(asked: Asked, all: readonly Item[], key: string, shape: (item: Item) => object): Answer {
  const { items, headers } = page(asked, all);
  return { json: { total_count: all.length, [key]: items.map(shape) }, headers };
}

export function statusProblem(body: unknown): object | undefined {
  const { state, description, target_url } = body as StatusToShow;
  if (!['error', 'failure', 'pending', 'success'].includes(state))
    return { resource: 'Status', field: 'state', code: 'invalid' };
  if ((description ?? '').length > 140) {
    const message = 'description is too long (maximum is 140 characters)';
    return { resource: 'Status', field: 'description', code: 'custom', message };
  }
  if (target_url && !/^https?:/.test(target_url)) {
    const message = 'target_url must use http(s) scheme';
    return { resource: 'Status', field: 'target_url', code: 'custom', message };
  }
  return undefined;
}

/** Limits of the service that the emulator does not know. */
export function rejectedByRealGitHub({ method, path, body }: Asked): object | undefined {
  if (!/^(POST|PATCH)$/.test(method) || !/\/(issues|pulls|comments)(\/\d+)?$/.test(path)) return undefined;
  const { title, body: text } = (body ?? {}) as { title?: string; body?: string };
  if ((title ?? '').length > 256) {
    return {
      resource: 'Issue',
      code: 'custom',
      field: 'title',
      message: 'title is too long (maximum is 256 characters)',
    };
  }
  if ((text ?? '').length > 65_536) {
    return {
      resource: 'Issue',
      code: 'custom',
      field: 'body',
      message: 'body is too long (maximum is 65536 characters)',
    };
  }
  return undefined;
}
