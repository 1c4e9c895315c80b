import { describe, expect, test } from 'vitest';
import { kindOfFile, kindOfText } from '../../.ci/lint/kinds.ts';
import { blocksOf, filledIn, jenkinsScripts, scriptsOf } from '../../.ci/lint/pieces.ts';

describe('what a piece of YAML is', () => {
  test.each([
    ['.github/workflows/ci.yml', 'workflow'],
    ['examples/x/.github/workflows/gate.yaml', 'workflow'],
    ['action.yml', 'action'],
    ['examples/gitlab/.gitlab-ci.yml', 'gitlab'],
    ['templates/gate.yml', 'component'],
    ['examples/bitbucket/bitbucket-pipelines.yml', 'bitbucket'],
    ['examples/azure/azure-pipelines.yml', 'azure'],
    ['pace.config.example.yaml', 'config'],
    ['examples/sprint/pace/plan.yaml', 'plan'],
    ['somewhere/else.yml', undefined],
  ])('%s lies where a file of its kind does', (path, kind) => {
    expect(kindOfFile(path)).toBe(kind);
  });

  test.each([
    ['on: push\npermissions: {}\njobs: {}\n', 'workflow'],
    ['permissions:\n  checks: read\n', 'permissions'],
    ['include:\n  - component: x\n', 'gitlab'],
    ['pipelines: {}\n', 'bitbucket'],
    ['pool: x\nsteps: []\n', 'azure'],
    ['jira: { url: x }\n', 'config'],
    ['tracker: { type: jira }\n', 'nothing'],
    ['# only a comment\n', 'nothing'],
  ])('%j is told by its words', (text, kind) => {
    expect(kindOfText(text)).toBe(kind);
  });
});

test('blocks of a page come with their language and line', () => {
  const page = '# Page\n\n```yaml\na: 1\n```\n\nText\n\n```sh\nls\n\nls\n```\n\n```\nnone\n```\n';
  expect(blocksOf(page)).toEqual([
    { language: 'yaml', text: 'a: 1\n', line: 4 },
    { language: 'sh', text: 'ls\n\nls\n', line: 10 },
  ]);
});

test('scripts of a pipeline are found at every depth, as one text each', () => {
  const pipeline =
    'a:\n  before_script: echo 1\n  script:\n    - echo 2\n    - |\n      echo 3\n      echo 4\nb: [{ step: { script: [x] } }]\n';
  expect(scriptsOf(pipeline)).toEqual(['echo 1', 'echo 2\necho 3\necho 4\n', 'x']);
});

test('scripts of Jenkins are found in every form', () => {
  const groovy = "sh 'one two'\nsh label: 'PACE', script: '''\n  three\n'''\npush 'none'\n";
  expect(jenkinsScripts(groovy)).toEqual(['one two', '\n  three\n']);
});

test('a component is filled in with the defaults of its inputs', () => {
  const component = [
    'spec:',
    '  inputs:',
    '    job-name: { default: gate }',
    '    rules: { type: array, default: [{ when: always }] }',
    '    dry-run: { type: boolean, default: false }',
    '---',
    '$[[ inputs.job-name ]]:',
    '  rules: $[[ inputs.rules ]]',
    '  script: ["run --$[[ inputs.dry-run ]]"]',
    '',
  ].join('\n');
  expect(filledIn(component)).toBe('gate:\n  rules: [{"when":"always"}]\n  script: ["run --false"]\n');
  expect(filledIn('a: { script: x }\n')).toBe('a: { script: x }\n');
});
