import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  type Binding,
  readProjectFile,
  withBinding,
  withoutBinding,
  writeBinding,
} from '../../../core/hosted/binding.ts';
import { newWorkspace } from '../../support/workspace.ts';

const JIRA: Binding = {
  ...{ provider: 'jira', bindingRef: 'bind-9', projectSlug: 'owl', displayLabel: 'OWL project' },
  ...{ providerContext: { project_key: 'OWL' }, mode: 'external_authoritative', fieldOwners: {} },
};

const WRITTEN = `tracker:
  provider: jira
  binding_ref: bind-9
  project_slug: owl
  display_label: OWL project
  provider_context:
    project_key: OWL
  workspace:
  ownership:
    mode: external_authoritative
    field_owners: {}
`;

async function projectFile(text: string) {
  const workspace = await newWorkspace({ '.kittify/config.yaml': text }, { git: false });
  try {
    return await readProjectFile({ cwd: workspace.path });
  } finally {
    await workspace.dispose();
  }
}

describe('what is written', () => {
  test('is what Spec Kitty writes', () => {
    expect(withBinding('', JIRA)).toBe(WRITTEN);
  });

  test('stands at the end of a file that has no such block, whatever its last line', () => {
    expect(withBinding('vcs:\n  type: git', JIRA)).toBe(`vcs:\n  type: git\n${WRITTEN}`);
    expect(withBinding('vcs:\r\n  type: git\r\n', JIRA)).toBe(
      `vcs:\r\n  type: git\r\n${WRITTEN.replaceAll('\n', '\r\n')}`,
    );
  });

  test('a second time changes nothing', () => {
    const once = withBinding('a: 1 # one\n\n# two\n', JIRA);
    expect(withBinding(once, JIRA)).toBe(once);
  });

  test('leaves what is around it, and what is not known in it, as it stands', () => {
    const text = `# head
agents: [claude]   # ours
tracker: # bound
    # the egress is ours
    egress:   "permitted"
    provider: beads
    own_key: { a: 1,  b: [2] }   # stays
    doctrine:
        mode: split_ownership
        field_owners: { title: local }

# below
zeta: 'last'
`;
    expect(withBinding(text, JIRA)).toBe(`# head
agents: [claude]   # ours
tracker:
  # the egress is ours
  egress:   "permitted"
  provider: jira
  own_key: { a: 1,  b: [2] }   # stays
  binding_ref: bind-9
  project_slug: owl
  display_label: OWL project
  provider_context:
    project_key: OWL
  workspace:
  ownership:
    mode: external_authoritative
    field_owners: {}

# below
zeta: 'last'
`);
    expect(withoutBinding(text)).toContain(`tracker:\n  # the egress is ours\n  egress:   "permitted"\n\n# below`);
  });

  test('takes a block in braces apart', () => {
    const changed = withBinding('tracker: {provider: beads, own: [1]}\nz: 1\n', JIRA);
    expect(parse(changed)).toMatchObject({ tracker: { provider: 'jira', own: [1] }, z: 1 });
    expect(changed.endsWith('\nz: 1\n')).toBe(true);
  });

  test('and taken away leaves the file as it was', () => {
    const text = 'a: 1\n\nb:\n  - 2\n';
    expect(withoutBinding(withBinding(text, JIRA))).toBe(text);
    expect(withoutBinding(text)).toBe(text);
  });

  test('is refused where something else would mean something else', () => {
    expect(() => withBinding('tracker: &t {provider: beads}\nother: *t\n', JIRA)).toThrow(/cannot be changed/);
    expect(() => withBinding('{a: 1, tracker: {}}', JIRA)).toThrow(/cannot be changed/);
    expect(() => withBinding('a: [', JIRA)).toThrow();
  });

  test('leaves every byte outside of it, whatever stands there', () => {
    const line = fc.constantFrom(
      ...[
        '',
        '# a comment',
        '  # indented',
        'x: 1',
        'y: "two"  # words',
        'list:',
        '- one',
        '  - two',
        'text: |',
        '  tracker: no',
        '---',
      ],
    );
    const key = fc.constantFrom('m', 'n', 'o');
    const block = fc
      .uniqueArray(key, { maxLength: 3 })
      .map((keys) => keys.map((each) => `${each}:\n  a: [1,  2] # ${each}\n`).join(''));
    fc.assert(
      fc.property(fc.array(line), block, fc.constantFrom('\n', '\r\n'), (lines, more, end) => {
        const text = (lines.join('\n') + (lines.length > 0 ? '\n' : '') + more).replaceAll('\n', end);
        let changed: string;
        try {
          changed = withBinding(text, JIRA);
        } catch {
          // what is no YAML, or has several documents, is not touched
          return;
        }
        expect(changed.startsWith(text)).toBe(true);
        expect(withoutBinding(changed)).toBe(text);
      }),
    );
  });
});

describe('what is read', () => {
  test('is nothing where there is no file', async () => {
    const workspace = await newWorkspace({}, { git: false });
    expect(await readProjectFile({ cwd: workspace.path })).toEqual({
      ...{ binding: undefined, hasOldWord: false },
      project: { uuid: undefined, slug: undefined, nodeId: undefined, buildId: undefined, repoSlug: undefined },
    });
    await workspace.dispose();
  });

  test('is what was written', async () => {
    const { binding } = await projectFile(WRITTEN);
    expect(binding).toEqual({ ...JIRA, workspace: undefined, egress: undefined });
  });

  test('the old word for who owns a field counts where the new one is absent', async () => {
    const text =
      'tracker:\n  provider: Beads\n  workspace: owls\n  doctrine: {mode: split_ownership, field_owners: {title: local}}\n';
    expect(await projectFile(text)).toMatchObject({
      binding: { provider: 'beads', mode: 'split_ownership', fieldOwners: { title: 'local' } },
      hasOldWord: true,
    });
  });

  test('a word about egress that is none is no permission', async () => {
    expect((await projectFile('tracker:\n  provider: beads\n  egress:\n')).binding?.egress).toBe('null');
  });

  test('mistakes have their places, all of them', async () => {
    const text = 'tracker:\n  provider: beads\n  ownership:\n    mode: mine\n    field_owners:\n      title: nobody\n';
    await expect(projectFile(text)).rejects.toThrow(/config\.yaml:4:11[\s\S]*config\.yaml:6:14/);
  });

  test('a file that is reached by a link out of the workspace is not read, and not written', async () => {
    const workspace = await newWorkspace({}, { git: false });
    const other = await newWorkspace({ 'config.yaml': 'a: 1\n' }, { git: false });
    const { symlinkSync } = await import('node:fs');
    symlinkSync(other.path, `${workspace.path}/.kittify`);
    await expect(readProjectFile({ cwd: workspace.path })).rejects.toThrow(/link/);
    await expect(writeBinding({ cwd: workspace.path }, JIRA)).rejects.toThrow(/link/);
    expect(await other.read('config.yaml')).toBe('a: 1\n');
    await workspace.dispose();
    await other.dispose();
  });
});
