import { describe, expect, test } from 'vitest';
import { commitOf, repositoryOf, type SubjectEvent, subjectOf } from '../../../core/drivers/event-subject.ts';

const SHA = 'b'.repeat(40);
const BEGINNING = 'b'.repeat(12);
const HERE = { id: 7, default_branch: 'main' };

function subject(event: SubjectEvent, env: Record<string, string> = {}) {
  return subjectOf(event, env, SHA);
}

describe('a run of a pull request', () => {
  const pull = {
    number: 12,
    head: { ref: 'feature/x' },
    base: { ref: 'main' },
    labels: [{ name: 'bug' }, { name: 'a,b' }],
  };

  test('is about that, and on no branch', () => {
    expect(subject({ pull_request: pull }, { GITHUB_REF: 'refs/heads/main' })).toEqual({
      change: { id: '12', source: 'feature/x', target: 'main', labels: ['bug', 'a,b'] },
    });
  });

  test('knows the name of a branch that is gone by its label', () => {
    const head = { ref: 'refs/pull/12/head', label: 'feature/x' };
    expect(subject({ pull_request: { ...pull, head } }).change?.source).toBe('feature/x');
    expect(subject({ pull_request: { ...pull, head: { ref: 'x', label: 'ada:x' } } }).change?.source).toBe('x');
  });

  test('is told by the variables where the event is not there', () => {
    const env = { GITHUB_REF: 'refs/pull/12/merge', GITHUB_HEAD_REF: 'feature/x', GITHUB_BASE_REF: 'main' };
    expect(subject({}, env)).toEqual({ change: { id: '12', source: 'feature/x', target: 'main', labels: [] } });
    expect(subject({}, { GITHUB_REF: 'refs/pull/12/head' })).toEqual({
      change: { id: '12', source: '', target: '', labels: [] },
    });
  });

  test('believes the event more than the variables', () => {
    const env = { GITHUB_REF: 'refs/pull/99/merge', GITHUB_HEAD_REF: 'other', GITHUB_BASE_REF: 'other' };
    expect(subject({ pull_request: pull }, env).change).toMatchObject({
      id: '12',
      source: 'feature/x',
      target: 'main',
    });
  });

  test.each([undefined, null, 0, -3, 1.5, '12', {}])(
    'whose number is %j goes by its commit, and never by a branch',
    (number) => {
      const env = { GITHUB_REF: 'refs/heads/main' };
      expect(subject({ pull_request: { number, head: null, base: null, labels: null } }, env)).toEqual({
        change: { id: BEGINNING, source: '', target: '', labels: [] },
      });
    },
  );

  test('has the labels that have a name', () => {
    const labels = [{ name: 'bug' }, { name: 3 }, {}, { name: '' }];
    expect(subject({ pull_request: { ...pull, labels } }).change?.labels).toEqual(['bug']);
  });
});

describe('a run of a merge queue', () => {
  const queued = `gh-readonly-queue/release/2.x/pr-34-${'c'.repeat(40)}`;
  const change = { id: '34', source: '', target: 'release/2.x', labels: [] };

  test('is about the pull request that its branch names', () => {
    const group = { head_ref: `refs/heads/${queued}`, base_ref: 'refs/heads/release/2.x' };
    expect(subject({ merge_group: group }, { GITHUB_REF: `refs/heads/${queued}` })).toEqual({ change });
  });

  test('is told by the branch alone, in a step without the event and in a push to it', () => {
    expect(subject({}, { GITHUB_REF: `refs/heads/${queued}` })).toEqual({ change });
  });

  test('is a change also where its branch has a name of another form', () => {
    const group = { head_ref: 'refs/heads/queue/34', base_ref: 'refs/heads/main' };
    expect(subject({ merge_group: group }, { GITHUB_REF: 'refs/heads/queue/34' })).toEqual({
      change: { id: BEGINNING, source: '', target: 'main', labels: [] },
    });
    expect(subject({ merge_group: {} })).toEqual({ change: { id: BEGINNING, source: '', target: '', labels: [] } });
  });

  test('is followed by runs about the same', () => {
    const following = (event: unknown, head_branch: unknown) => subject({ workflow_run: { event, head_branch } });
    expect(following('merge_group', queued)).toEqual({ change });
    expect(following('push', queued)).toEqual({ change });
    expect(following('merge_group', 'queue/34')).toEqual({ change: { ...change, id: BEGINNING, target: '' } });
  });

  test.each([
    'refs/heads/my/gh-readonly-queue/main/pr-34-cc',
    'refs/heads/gh-readonly-queue/main/pr-34-cc/more',
    'refs/heads/gh-readonly-queue/pr-34-cc',
    'refs/heads/gh-readonly-queue/main/pr-x-cc',
  ])('is not one on %s', (ref) => {
    expect(subject({}, { GITHUB_REF: ref })).toEqual({ branch: ref.slice('refs/heads/'.length) });
  });
});

describe('a run after another one', () => {
  const end = (ref: string, id = 7) => ({ ref, repo: { id } });
  const pull = { number: 12, head: end('feature/x'), base: end('main') };
  const run = { event: 'pull_request', head_branch: 'feature/x', pull_requests: [pull] };
  const env = { GITHUB_REF: 'refs/heads/main' };

  test('of a pull request is about that', () => {
    for (const event of ['pull_request', 'pull_request_target', 'pull_request_review']) {
      expect(subject({ workflow_run: { ...run, event }, repository: HERE }, env)).toEqual({
        change: { id: '12', source: 'feature/x', target: 'main', labels: [] },
      });
    }
  });

  test('of a fork is about its commit, though its branch is called like one of a merge queue', () => {
    const head_branch = `gh-readonly-queue/release/pr-34-${'c'.repeat(40)}`;
    expect(
      subject({ workflow_run: { event: 'pull_request', head_branch, pull_requests: [] }, repository: HERE }),
    ).toEqual({
      change: { id: BEGINNING, source: head_branch, target: '', labels: [] },
    });
  });

  test('takes no notice of pull requests of other repositories', () => {
    const foreign = { number: 99, head: end('feature/x', 8), base: end('main', 8) };
    const found = (pull_requests: readonly object[]) =>
      subject({ workflow_run: { ...run, pull_requests }, repository: HERE });
    expect(found([foreign, pull]).change?.id).toBe('12');
    expect(found([foreign])).toEqual({ change: { id: BEGINNING, source: 'feature/x', target: '', labels: [] } });
  });

  test('finds the own one behind entries that tell less', () => {
    const vague = [{ number: 1 }, { number: 2, base: null }, { number: 3, base: { repo: null } }];
    const pull_requests = [...vague, { number: 12, base: end('main') }];
    expect(subject({ workflow_run: { ...run, pull_requests }, repository: HERE }).change).toEqual({
      ...{ id: '12', source: 'feature/x', target: 'main', labels: [] },
    });
    expect(subject({ workflow_run: { ...run, pull_requests: vague } }).change).toMatchObject({ id: '1', target: '' });
    expect(subject({ workflow_run: { ...run, pull_requests }, repository: null }).change?.id).toBe('1');
  });

  test.each([[[]], [null], [undefined]])('of a fork, whose list is %j, goes by its commit', (list) => {
    const { pull_requests: _, ...rest } = run;
    const workflow_run = list === undefined ? rest : { ...rest, pull_requests: list };
    expect(subject({ workflow_run, repository: HERE }, env)).toEqual({
      change: { id: BEGINNING, source: 'feature/x', target: '', labels: [] },
    });
  });

  test('of a branch is on that branch, and not on its own', () => {
    const workflow_run = { event: 'push', head_branch: 'release', pull_requests: [pull] };
    expect(subject({ workflow_run, repository: HERE }, env)).toEqual({ branch: 'release' });
    expect(subject({ workflow_run: { event: 'schedule', head_branch: null } }, env)).toEqual({});
    expect(subject({ workflow_run: {} }, env)).toEqual({});
  });
});

describe('any other run', () => {
  test.each([
    ['refs/heads/main', { branch: 'main' }],
    ['refs/heads/feature/x', { branch: 'feature/x' }],
    ['refs/heads/refs/pull/3/x', { branch: 'refs/pull/3/x' }],
    ['refs/tags/v1', {}],
    ['refs/tags/refs/heads/main', {}],
    ['refs/heads/', {}],
    ['main', {}],
    ['', {}],
  ])('on %j is on the branch that it names', (ref, expected) => {
    expect(subject({}, { GITHUB_REF: ref })).toEqual(expected);
  });

  test('that names nothing is on no branch', () => {
    expect(subject({})).toEqual({});
    expect(subject({ pull_request: null, merge_group: null, workflow_run: null })).toEqual({});
  });
});

describe('the repository of a run', () => {
  test('is told by the event', () => {
    expect(repositoryOf({ repository: HERE }, {})).toEqual({ id: '7', defaultBranch: 'main' });
  });

  test('has the id that the variable tells first', () => {
    expect(repositoryOf({ repository: HERE }, { GITHUB_REPOSITORY_ID: '8' }).id).toBe('8');
    expect(repositoryOf({ repository: HERE }, { GITHUB_REPOSITORY_ID: '' }).id).toBe('7');
  });

  test('may not be told', () => {
    expect(repositoryOf({}, {})).toEqual({});
    expect(repositoryOf({ repository: { id: null, default_branch: 3 } }, {})).toEqual({});
  });
});

describe('the commit of an event', () => {
  const OTHER = 'c'.repeat(40);
  const sha = { head_sha: SHA };

  test.each<[string, SubjectEvent]>([
    ['pull_request_target', { pull_request: { head: { sha: SHA } } }],
    ['merge_group', { merge_group: sha }],
    ['workflow_run', { workflow_run: sha }],
    ['check_suite', { check_suite: sha }],
    ['check_run', { check_run: sha }],
    ['status', { sha: SHA }],
    ['deployment_status', { deployment: { sha: SHA } }],
    // the run that has deployed is told, too
    ['deployment_status', { deployment: { sha: SHA }, workflow_run: { head_sha: OTHER }, check_run: { head_sha: OTHER } }],
  ])('%s is the one that it is about', (name, event) => {
    expect(commitOf(event, { GITHUB_EVENT_NAME: name })).toBe(SHA);
  }); // biome-ignore format: one line

  test.each<[string, SubjectEvent]>([
    // of a push of somebody who writes such a thing into the event
    ['push', { sha: SHA }],
    ['schedule', {}],
    ['check_suite', { check_suite: { head_sha: 'main' } }],
    ['check_run', { check_run: null, check_suite: null, workflow_run: null, deployment: null, merge_group: null, pull_request: null }],
    ['status', { sha: 12 }],
  ])('%s is left to the variables where there is none', (name, event) => {
    expect(commitOf(event, { GITHUB_EVENT_NAME: name })).toBeUndefined();
  }); // biome-ignore format: one line
});

describe('a check', () => {
  const pull = { number: 12, head: { ref: 'feature' }, base: { ref: 'main', repo: { id: 7 } } };
  const elsewhere = { ...pull, number: 99, base: { ref: 'main', repo: { id: 8 } } };
  const env = { GITHUB_REF: 'refs/heads/main' };

  test.each<[string, SubjectEvent]>([
    ['check_suite', { check_suite: { head_branch: 'feature', pull_requests: [elsewhere, pull] } }],
    ['check_run', { check_run: { pull_requests: [pull] } }],
    ['check_run', { check_run: { check_suite: { head_branch: 'feature', pull_requests: [] }, pull_requests: [pull] } }],
    ['check_run', { check_run: { check_suite: { head_branch: 'feature', pull_requests: [pull] } } }],
  ])('of the pull request that %s names in this repository is about that', (_, event) => {
    expect(subject({ ...event, repository: HERE }, env)).toEqual({
      change: { id: '12', source: 'feature', target: 'main', labels: [] },
    });
  });

  test('of the default branch is no change, also where that is proposed elsewhere', () => {
    const check_suite = { head_branch: 'main', pull_requests: [{ ...pull, head: { ref: 'main' }, base: { ref: 'release', repo: { id: 7 } } }] };
    expect(subject({ check_suite, repository: HERE }, env)).toEqual({ branch: 'main' });
  }); // biome-ignore format: one line

  test('is of the branch that it tells, else of that of the job', () => {
    expect(subject({ check_suite: { head_branch: 'release' }, repository: HERE }, env)).toEqual({ branch: 'release' });
    expect(subject({ check_run: { check_suite: { head_branch: 'release' } }, repository: HERE }, env)).toEqual({ branch: 'release' });
    expect(subject({ check_suite: {}, repository: HERE }, env)).toEqual({ branch: 'main' });
    expect(subject({ check_suite: { pull_requests: null } }, env)).toEqual({ branch: 'main' });
    expect(subject({ check_suite: { pull_requests: [elsewhere] }, repository: HERE }, env)).toEqual({ branch: 'main' });
  }); // biome-ignore format: one line

  test('of a commit on no branch of this repository is somebody’s change, and says nothing of a day', () => {
    const stranger = { change: { id: BEGINNING, source: '', target: '', labels: [] } };
    expect(subject({ check_suite: { head_branch: null, pull_requests: [] }, repository: HERE }, env)).toEqual(stranger);
    expect(subject({ check_run: { check_suite: { head_branch: null } }, repository: HERE }, env)).toEqual(stranger);
    const status = { ...env, GITHUB_EVENT_NAME: 'status' };
    expect(subject({ branches: [], repository: HERE }, status)).toEqual(stranger);
  });
});

describe('a commit status', () => {
  const env = { GITHUB_REF: 'refs/heads/main', GITHUB_EVENT_NAME: 'status' };
  const on = (...names: unknown[]) => ({ branches: names.map((name) => ({ name })), repository: HERE });

  test('is of the default branch where the commit is there, else of the first', () => {
    expect(subject(on('feature', 'main'), env)).toEqual({ branch: 'main' });
    expect(subject(on('feature', 'other'), env)).toEqual({ branch: 'feature' });
  });

  test('is of that of the job where none is told, as is any other event', () => {
    expect(subject(on(3), env)).toEqual({ branch: 'main' });
    expect(subject({ branches: null, repository: HERE }, env)).toEqual({ branch: 'main' });
    expect(subject({ repository: HERE }, env)).toEqual({ branch: 'main' });
    expect(subject(on('feature'), { ...env, GITHUB_EVENT_NAME: 'push' })).toEqual({ branch: 'main' });
    expect(subject({ branches: [], repository: HERE }, { ...env, GITHUB_EVENT_NAME: 'push' })).toEqual({
      branch: 'main',
    });
  });
});
