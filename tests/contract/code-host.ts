/** What every `CodeHost` must do. A platform's test hands in a host over whatever stands for its server. */
import { isAbsolute } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import type { ChangeRequest, CheckState, CodeHost, ProposedChange } from '../../core/ports/index.ts';
import { unique } from './issue-tracker/texts.ts';
import { refusal } from './refusal.ts';

export interface CheckToSet {
  readonly name: string;
  readonly state: CheckState;
  /** Its failure is allowed. */
  readonly optional?: boolean;
}

export interface HostCapabilities {
  /** The states that the vendor has a word for. */
  readonly states: readonly CheckState[];
  /** The vendor knows checks whose failure is allowed. */
  readonly optionalChecks: boolean;
  /** A status that we set is among the checks afterwards. */
  readonly statusIsCheck: boolean;
  /** A change needs a commit that exists. `false` for a host that only writes a file. */
  readonly needsCommit: boolean;
  /** How long the description of a commit status may be, in UTF-16 units. */
  readonly statusLimit: number;
  /** Whether a commit exists is known. `false` for a host that runs checks of code that lies elsewhere. */
  readonly knowsCommits: boolean;
}

export interface HostBench {
  /** A server of somebody's own: what only a stand-in tells or does is skipped there, with the reason. */
  readonly real?: boolean;
  readonly host: CodeHost;
  /** An existing commit that has no checks. */
  readonly sha: string;
  readonly missingSha: string;
  readonly capabilities?: Partial<HostCapabilities>;
  /** Makes these the checks of the commit, whatever it had before. */
  setChecks?(sha: string, checks: readonly CheckToSet[]): Promise<void>;
  /** What a person does with a change request. */
  readonly changeRequest?: {
    close(key: string): Promise<void>;
    merge(key: string): Promise<void>;
    read?(key: string): Promise<{ title: string; body: string }>;
    /** What `ada` or `grace` says in a review of it, after all that was said before; needed where the host tells approvals. */
    review?(key: string, who: string, says: 'approves' | 'takes it back'): Promise<void>;
    /** Puts a further commit on its branch. */
    push?(key: string): Promise<void>;
  };
  /** The commit status as people see it; needed where the host sets any. */
  readStatus?(sha: string, context: string): { readonly description: string; readonly url: string } | undefined;
  /** The content of a file on a branch. */
  readFile?(branch: string, path: string): Promise<string | undefined>;
  dispose(): Promise<void>;
}

const defaults: HostCapabilities = {
  states: ['pending', 'success', 'failure', 'cancelled', 'skipped'],
  optionalChecks: false,
  statusIsCheck: true,
  needsCommit: true,
  statusLimit: 255,
  knowsCommits: true,
};

const NO_SUCH_COMMIT = ['not-found', 'validation'] as const;

export interface HostContractOptions {
  /** What the vendor does not have. A host lacks nothing else, and none of these is there all the same. */
  readonly lacks?: readonly (
    | 'checks'
    | 'a commit status'
    | 'variables'
    | 'setting variables'
    | 'approvals'
    | 'files'
  )[];
}

/** The longest beginning of whole characters that fits together with the `…` that says that something is missing. */
function expectedCut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let shown = '';
  for (const character of text) {
    if (shown.length + character.length > limit - 1) break;
    shown += character;
  }
  return `${shown}…`;
}

/** Registers the suite. One bench serves all cases; each case uses a branch of its own. */
export function codeHostContract(
  name: string,
  setup: () => Promise<HostBench>,
  { lacks = [] }: HostContractOptions = {},
): void {
  describe(`${name} as a code host`, () => {
    let bench: HostBench;
    let host: CodeHost;
    let can: HostCapabilities;

    beforeAll(async () => {
      bench = await setup();
      host = bench.host;
      can = { ...defaults, ...bench.capabilities };
    });
    afterAll(async () => {
      await bench?.dispose();
    });

    function missing(what: string): Error {
      return new Error(`${name} lacks ${what}, and its contract does not say so under \`lacks\``);
    }

    function without(what: string, skip: TestContext['skip']): never {
      if (bench.real) skip(`the bench of ${name} lacks ${what}`);
      throw new Error(`the bench of ${name} needs ${what}`);
    }

    function proposal(changes: Partial<ProposedChange> = {}): ProposedChange {
      const id = unique().replace(/^contract-/, '');
      return {
        branch: `pace/review-${id}`,
        from: bench.sha,
        files: [{ path: `.pace/${id}/review-pr.md`, content: `# Review ${id}\n\nGrüße 🚦\n` }],
        commitMessage: `Add the review of ${id}`,
        title: `[PACE Review Gate] ${id}`,
        body: '## Summary\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n',
        labels: [],
        reviewers: [],
        ...changes,
      };
    }

    it('names the repository', async () => {
      const repository = await host.repository();
      expect(Object.values(repository).filter((value) => value.trim() === '')).toEqual([]);
      expect(
        Object.keys(repository)
          .filter((key) => key !== 'id')
          .sort(),
      ).toEqual(['defaultBranch', 'name', 'url']);
      expect(host.platform).toMatch(/^[a-z]+$/);
    });

    it('tells the same name without a request', async () => {
      expect(await host.repositoryName()).toBe((await host.repository()).name);
    });

    it('says where the job summary goes', () => {
      const { path, append, maxBytes } = host.jobSummary();
      expect(isAbsolute(path), path).toBe(true);
      expect(typeof append).toBe('boolean');
      expect(maxBytes).toBeGreaterThan(1000);
    });

    describe('checks', () => {
      if (lacks.includes('checks')) {
        it('are not there', () => expect(host.listChecks).toBeUndefined());
        return;
      }
      it('are none when there are none', async () => {
        if (!host.listChecks) throw missing('checks');
        expect(await host.listChecks(bench.sha)).toEqual([]);
      });

      it('have the state that the vendor’s word means', async ({ skip }) => {
        if (!host.listChecks) throw missing('checks');
        if (!bench.setChecks) return skip('the bench cannot set checks');
        const checks = can.states.map((state) => ({ name: `check ${state}`, state }));
        await bench.setChecks(bench.sha, checks);
        const found = await host.listChecks(bench.sha);
        const states = Object.fromEntries(found.map((check) => [check.name, check.state]));
        expect(states).toEqual(Object.fromEntries(checks.map((check) => [check.name, check.state])));
        expect(new Set(found.map((check) => check.id)).size).toBe(found.length);
        expect(found.filter((check) => check.vendorState === '')).toEqual([]);
        await bench.setChecks(bench.sha, []);
      });

      it('say whether their failure is allowed', async ({ skip }) => {
        if (!host.listChecks) throw missing('checks');
        if (!bench.setChecks) return skip('the bench cannot set checks');
        const may = can.optionalChecks ? [{ name: 'may', state: 'failure', optional: true } as const] : [];
        await bench.setChecks(bench.sha, [{ name: 'must', state: 'failure' }, ...may]);
        const found = await host.listChecks(bench.sha);
        expect(Object.fromEntries(found.map((check) => [check.name, check.optional]))).toEqual({
          must: false,
          ...(can.optionalChecks ? { may: true } : {}),
        });
        await bench.setChecks(bench.sha, []);
      });

      it('come from all pages', async ({ skip }) => {
        if (!host.listChecks) throw missing('checks');
        if (!bench.setChecks) return skip('the bench cannot set checks');
        const names = Array.from({ length: 230 }, (_, index) => `check ${String(index).padStart(3, '0')}`);
        const last = names.length - 1;
        const stateOf = (index: number): CheckState => (index === last ? 'failure' : 'success');
        await bench.setChecks(
          bench.sha,
          names.map((check, index) => ({ name: check, state: stateOf(index) })),
        );
        const found = await host.listChecks(bench.sha);
        expect(found.map((check) => check.name).sort()).toEqual(names);
        expect(found.filter((check) => check.state === 'failure').map((check) => check.name)).toEqual([names[last]]);
        await bench.setChecks(bench.sha, []);
      });

      it('of a commit that does not exist are an error, or none', async () => {
        const found = await host.listChecks?.(bench.missingSha).catch(() => undefined);
        if (found !== undefined) {
          expect(found).toEqual([]);
          return;
        }
        const call = async () => host.listChecks?.(bench.missingSha);
        await refusal(call, { kinds: NO_SUCH_COMMIT, operation: 'listChecks' });
      });
    });

    describe('a commit', () => {
      it('is known, or not, where the host has the commits whose checks it lists', async () => {
        if (lacks.includes('checks') || !can.knowsCommits) {
          expect(host.hasCommit).toBeUndefined();
          return;
        }
        if (!host.hasCommit) throw missing('whether it has a commit');
        expect(await host.hasCommit(bench.sha)).toBe(true);
        expect(await host.hasCommit(bench.missingSha)).toBe(false);
      });
    });

    describe('a proposed change', () => {
      it('is opened with branch, files, title and body', async () => {
        const change = proposal();
        const opened = await host.proposeChange(change);
        expect(opened.state).toBe('open');
        expect([opened.key, opened.url]).not.toContain('');
        const file = change.files[0];
        if (bench.readFile && file) expect(await bench.readFile(change.branch, file.path)).toBe(file.content);
        if (bench.changeRequest?.read) {
          const { title, body } = await bench.changeRequest.read(opened.key);
          expect([title, body.trim()]).toEqual([change.title, change.body.trim()]);
        }
      });

      it('carries several files', async ({ skip }) => {
        if (!bench.readFile) return skip('the bench cannot read branches');
        const files = ['a.md', 'deep/er/b.md'].map((path) => ({ path: `docs/${path}`, content: `Text of ${path}\n` }));
        const change = proposal({ files });
        await host.proposeChange(change);
        const found = await Promise.all(files.map((file) => bench.readFile?.(change.branch, file.path)));
        expect(found).toEqual(files.map((file) => file.content));
      });

      it('is found by its branch', async () => {
        const change = proposal();
        const opened = await host.proposeChange(change);
        expect(await host.findChange(change.branch)).toEqual(opened);
        expect(await host.findChange(`${change.branch}-of-nobody`)).toBeUndefined();
        expect(await host.findChange(change.branch.slice(0, -1))).toBeUndefined();
      });

      it('is opened once, however often it is proposed, and its text is refreshed', async () => {
        const change = proposal();
        const opened = await host.proposeChange(change);
        const again = await host.proposeChange({ ...change, title: `${change.title} (2)`, body: 'New text.' });
        expect(again).toEqual(opened);
        if (bench.changeRequest?.read) {
          const { title, body } = await bench.changeRequest.read(opened.key);
          expect([title, body.trim()]).toEqual([`${change.title} (2)`, 'New text.']);
        }
      });

      for (const [deed, state] of [
        ['close', 'closed'],
        ['merge', 'merged'],
      ] as const) {
        it(`is only found once a person has ${state} it`, async ({ skip }) => {
          const { changeRequest } = bench;
          if (!changeRequest) return skip('the bench cannot close or merge');
          const change = proposal();
          const opened = await host.proposeChange(change);
          await changeRequest[deed](opened.key);
          const expected: ChangeRequest = { ...opened, state };
          expect(await host.findChange(change.branch)).toEqual(expected);
          expect(await host.proposeChange(change)).toEqual(expected);
        });
      }

      it('from a commit that does not exist is refused, where it needs one', async () => {
        const change = proposal({ from: bench.missingSha });
        if (!can.needsCommit) {
          expect(await host.proposeChange(change)).toMatchObject({ state: 'open' });
          return;
        }
        await refusal(() => host.proposeChange(change), { kinds: NO_SUCH_COMMIT, operation: 'proposeChange' });
        expect(await host.findChange(change.branch)).toBeUndefined();
      });
    });

    describe('the approvals of a change', () => {
      if (lacks.includes('approvals')) {
        it('are not there', () => expect(host.listApprovals).toBeUndefined());
        return;
      }

      async function opened(skip: TestContext['skip']) {
        const { changeRequest: { review, push } = {} } = bench;
        if (!host.listApprovals || !host.changeById) throw missing('approvals');
        if (!review || !push) return without('`review` and `push`', skip);
        const { key, url } = await host.proposeChange(proposal());
        const head = async () => (await host.changeById?.(key))?.sha;
        const approvals = async () => (await host.listApprovals?.(key))?.approvals;
        const says = (who: string, what: 'approves' | 'takes it back') => review(key, who, what);
        return { key, url, head, approvals, says, push: () => push(key) };
      }

      it('are none at first, and say whose change it is', async ({ skip }) => {
        const { key, url } = await opened(skip);
        const found = await host.listApprovals?.(key);
        expect(found).toEqual({ approvals: [], url, author: { id: expect.any(String), name: expect.any(String) } });
        expect(found?.author?.id).not.toBe('');
      });

      it('are the last word of each person, about the commit that was there', async ({ skip }) => {
        const { approvals, says, head } = await opened(skip);
        await says('ada', 'approves');
        await says('grace', 'approves');
        const [sha, person] = [await head(), { name: expect.any(String) }];
        const [ada, grace] = [
          { person: { ...person, id: 'ada' }, sha },
          { person: { ...person, id: 'grace' }, sha },
        ];
        expect(await approvals()).toEqual([ada, grace]);
        await says('ada', 'takes it back');
        expect(await approvals()).toEqual([grace]);
        await says('ada', 'approves');
        expect((await approvals())?.map((one) => one.person.id).sort()).toEqual(['ada', 'grace']);
      });

      it('stay with their commit when another one is pushed', async ({ skip }) => {
        const { approvals, says, head, push } = await opened(skip);
        const before = await head();
        await says('ada', 'approves');
        await push();
        const after = await head();
        expect(after).not.toBe(before);
        await says('grace', 'approves');
        const commits = Object.fromEntries((await approvals())?.map((one) => [one.person.id, one.sha]) ?? []);
        expect(commits).toEqual({ ada: before, grace: after });
      });

      it('of a change that does not exist are an error, not an empty list', async () => {
        if (!host.listApprovals) throw missing('approvals');
        const call = async () => host.listApprovals?.('999999');
        await refusal(call, { kinds: ['not-found'], operation: 'listApprovals' });
      });
    });

    describe('the authors of a commit', () => {
      it('are users of the host, where it knows them', async ({ skip }) => {
        if (!host.commitAuthors) return skip('the host knows no commits, or no users');
        for (const person of await host.commitAuthors(bench.sha)) expect(person.id).not.toBe('');
        await refusal(async () => host.commitAuthors?.(bench.missingSha), {
          kinds: NO_SUCH_COMMIT,
          operation: 'commitAuthors',
        });
      });
    });

    describe('a commit status', () => {
      if (lacks.includes('a commit status')) {
        it('is not there', () => expect(host.setCommitStatus).toBeUndefined());
        return;
      }
      it('is set and set again, and shows among the checks', async () => {
        if (!host.setCommitStatus) throw missing('a commit status');
        for (const state of ['pending', 'failure', 'error', 'success'] as const) {
          await host.setCommitStatus(bench.sha, { context: 'pace/contract', state, description: `It is ${state}.` });
        }
        if (!host.listChecks || !can.statusIsCheck) return;
        const found = (await host.listChecks(bench.sha)).filter((check) => check.name === 'pace/contract');
        expect(found.map((check) => check.state)).toContain('success');
      });

      it('may be described at length', async ({ skip }) => {
        if (!host.setCommitStatus) throw missing('a commit status');
        if (!bench.readStatus) return without('`readStatus`', skip);
        const url = 'https://example.org/run/1';
        // wherever it is cut, no character is halved
        const descriptions = [
          'y'.repeat(can.statusLimit),
          '🚦'.repeat(3000),
          `x${'🚦'.repeat(3000)}`,
          'Grüße 🚦 '.repeat(500),
        ];
        for (const [place, description] of descriptions.entries()) {
          const context = `pace/length-${place}`;
          await host.setCommitStatus(bench.sha, { context, state: 'success', description, url });
          const shown = bench.readStatus(bench.sha, context);
          expect(shown?.url).toBe(url);
          expect(shown?.description).toBe(expectedCut(description, can.statusLimit));
        }
      });

      it('of a commit that does not exist is refused', async () => {
        if (!host.setCommitStatus) throw missing('a commit status');
        const status = { context: 'pace/contract', state: 'success', description: 'Never.' } as const;
        await refusal(async () => host.setCommitStatus?.(bench.missingSha, status), {
          kinds: NO_SUCH_COMMIT,
          operation: 'setCommitStatus',
        });
      });
    });

    describe('files', () => {
      if (lacks.includes('files')) {
        it('are not read', () => expect(host.readFile).toBeUndefined());
        return;
      }
      it('are read at the tip of a branch, and at its commit', async () => {
        if (!host.readFile) throw missing('files');
        const { branch, files } = proposal();
        const wanted = { path: `pace/${branch}/a b.yaml`, content: `${files[0]?.content ?? ''}# end` };
        await host.proposeChange(proposal({ branch, files: [wanted] }));
        const read = await host.readFile(wanted.path, branch);
        expect(read).toEqual({ sha: expect.stringMatching(/^[0-9a-f]{40}$/), text: wanted.content });
        expect(await host.readFile(wanted.path, read.sha)).toEqual(read);
      });

      it('that a branch does not have are absent, and the branch is known all the same', async () => {
        if (!host.readFile) throw missing('files');
        const { branch } = proposal();
        await host.proposeChange(proposal({ branch }));
        expect(await host.readFile('pace/never.yaml', branch)).toEqual({
          sha: expect.stringMatching(/^[0-9a-f]{40}$/),
        });
      });

      it.each(['pace/no-such-branch', 'dead'.repeat(10)])('are refused where there is no %s', async (ref) => {
        if (!host.readFile) throw missing('files');
        await refusal(async () => host.readFile?.('README.md', ref), { kinds: ['not-found'], operation: 'readFile' });
      });
    });

    describe('variables', () => {
      if (lacks.includes('variables')) {
        it('are not there', () => expect([host.getVariable, host.setVariable]).toEqual([undefined, undefined]));
        return;
      }
      it('that do not exist are undefined', async () => {
        if (!host.getVariable) throw missing('variables');
        expect(await host.getVariable('PACE_CONTRACT_NEVER_SET')).toBeUndefined();
      });

      if (lacks.includes('setting variables')) {
        it('cannot be set', () => expect(host.setVariable).toBeUndefined());
        return;
      }
      it('are set, read back and overwritten', async () => {
        if (!host.getVariable || !host.setVariable) throw missing('setting variables');
        for (const value of ['true', 'false', 'Grüße 🚦 "quoted" $HOME']) {
          await host.setVariable('PACE_CONTRACT', value);
          expect(await host.getVariable('PACE_CONTRACT')).toBe(value);
        }
      });
    });
  });
}
