import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRecord } from '../../../core/record.ts';
import { createTracker } from '../../../platforms/hosted/issues.ts';
import { issueTrackerContract } from '../../contract/issue-tracker.ts';
import { type HostedOptions, type HostedServer, startHosted } from '../../support/hosted.ts';
import type { Asked } from '../../support/loopback.ts';
import { oddAnswers } from '../../support/odd-answers.ts';
import { testWorld } from '../../support/world.ts';
import { GAPS } from './gaps.ts';

const isWrite = ({ method, path }: Asked) => method === 'POST' && /\/push\/?$/.test(path);

/** An issue without its title. */
function spoiling({ trouble }: HostedServer) {
  return (key: string) => {
    let isOn = true;
    const spoiled = (item: unknown) =>
      isRecord(item) && isRecord(item['ref']) && item['ref']['key'] === key ? { ...item, title: null } : item;
    trouble(
      () => isOn,
      (answer) => {
        const { json } = answer;
        return isRecord(json) && Array.isArray(json['items'])
          ? { ...answer, json: { ...json, items: json['items'].map(spoiled) } }
          : answer;
      },
      Number.POSITIVE_INFINITY,
    );
    return () => {
      isOn = false;
    };
  };
}

/** They are counted one by one there. */
const MORE_REQUESTS = {
  'a plain write asks for no capabilities':
    'a path is looked for in two forms, or an operation asked for until it has ended',
};

const variants: [string, HostedOptions][] = [
  ['The hosted tracker before Jira', { provider: 'jira' }],
  [
    'The hosted tracker before GitHub, as the first services were',
    { provider: 'github', spelling: 'old', slashes: 'without' },
  ],
  ['The hosted tracker before GitLab, which does everything later', { provider: 'gitlab', later: 1 }],
];

for (const [name, options] of variants) {
  issueTrackerContract(name, async () => {
    const server = await startHosted(options);
    const cwd = await mkdtemp(join(tmpdir(), 'pace-hosted-'));
    const { access: token } = server.state.newTokens();
    const settings = {
      url: server.origin,
      token,
      team: 'team-owls',
      provider: options.provider ?? 'jira',
      binding: 'bind-1',
    };
    const open = () => createTracker(testWorld({ cwd }), settings);
    return {
      tracker: await open(),
      facts: {
        ...{ manyIssues: true, people: ['ann', 'bob'], anybody: true, unknownKey: 'OWL-999999', oneNamePerState: true },
        defaults: { type: 'task' },
      },
      another: open,
      ...oddAnswers(server, isWrite),
      spoil: spoiling(server),
      gaps: { ...GAPS, ...(options.slashes || options.later ? MORE_REQUESTS : {}) },
      dispose: async () => {
        await server.close();
        await rm(cwd, { recursive: true });
      },
    };
  });
}
