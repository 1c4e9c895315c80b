/** What a git remote tells of server and repository. */
import { expect, test } from 'vitest';
import { isOnServer, readRemote, repositoryAt } from '../../../core/drivers/git-remote.ts';

test.each([
  ['https://github.com/octo/repo.git', 'github.com', 'octo/repo', true],
  ['https://GitHub.com/octo/repo', 'github.com', 'octo/repo', true],
  ['https://user:secret@github.com/octo/repo.git', 'github.com', 'octo/repo', true],
  ['git@github.com:octo/repo.git', 'github.com', 'octo/repo', false],
  ['github.com:octo/repo', 'github.com', 'octo/repo', false],
  ['ssh://git@gitlab.example.org:2222/group/sub/project.git', 'gitlab.example.org', 'group/sub/project', false],
  ['git://git.example.org/octo/repo.git/', 'git.example.org', 'octo/repo', false],
  ['http://127.0.0.1:3000/admin/demo.git', '127.0.0.1', 'admin/demo', true],
])('%s', (address, host, path, isWeb) => expect(readRemote(address)).toEqual({ host, path, isWeb }));

test.each(['', '/srv/git/repo.git', '../repo', 'file:///srv/git/repo.git', 'C:\\git\\repo', './a:b'])(
  '%s is no server',
  (address) => expect(readRemote(address)).toBeUndefined(),
);

test('a server is known by its name, and by the one that it has for ssh alone', () => {
  expect(isOnServer({ host: 'github.com' }, 'https://github.com')).toBe(true);
  expect(isOnServer({ host: 'ssh.github.com' }, 'https://github.com')).toBe(true);
  expect(isOnServer({ host: 'altssh.gitlab.com' }, 'https://GitLab.com/')).toBe(true);
  expect(isOnServer({ host: 'github.com.evil.example' }, 'https://github.com')).toBe(false);
  expect(isOnServer({ host: 'evil-github.com' }, 'https://github.com')).toBe(false);
  expect(isOnServer({ host: 'undefined' }, 'nonsense')).toBe(false);
});

test('the path of the server is no part of the repository’s name, where the remote is a web address', () => {
  const web = { host: 'h', path: 'gitlab/group/project', isWeb: true };
  expect(repositoryAt(web, 'https://h/gitlab/')).toBe('group/project');
  expect(repositoryAt(web, 'https://h')).toBe('gitlab/group/project');
  expect(repositoryAt({ ...web, isWeb: false }, 'https://h/gitlab')).toBe('gitlab/group/project');
  expect(repositoryAt({ ...web, path: 'gitlabs/project' }, 'https://h/gitlab')).toBe('gitlabs/project');
});
