/** The git remote of a checkout, as far as it tells a server and a repository there. Credentials in it are never kept. */
import { originOr } from '../programs/git.ts';
import type { World } from '../world.ts';
import { pathOfRemote } from './checkout.ts';

export interface GitRemote {
  /** In small letters. */
  readonly host: string;
  /** `owner/name`, with the path that a server may be under where it is a web address. */
  readonly path: string;
  readonly isWeb: boolean;
}

/** `undefined` without a remote, and for one that is a path on this machine. */
export async function gitRemote(world: Pick<World, 'cwd' | 'env'>): Promise<GitRemote | undefined> {
  return readRemote((await originOr(world)) ?? '');
}

/** Pure. */
export function readRemote(address: string): GitRemote | undefined {
  const host = hostOfRemote(address);
  return host === undefined ? undefined : { host, path: pathOfRemote(address), isWeb: /^https?:/i.test(address) };
}

/** The host name in a git remote: `https://…`, `ssh://…` or `user@host:path`. Nothing for a path on this machine. */
export function hostOfRemote(remote: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(remote)) return URL.parse(remote)?.hostname.toLowerCase() || undefined;
  return /^(?:[^\s@/]+@)?([A-Za-z0-9.-]{2,}):(?!\\)/.exec(remote)?.[1]?.toLowerCase();
}

/** Whether it lies on this server. Some have a host of its own for ssh: https://docs.github.com/en/authentication/troubleshooting-ssh/using-ssh-over-the-https-port */
export function isOnServer({ host }: Pick<GitRemote, 'host'>, address: string): boolean {
  const server = URL.parse(address)?.hostname.toLowerCase();
  return Boolean(server) && [server, `ssh.${server}`, `altssh.${server}`].includes(host);
}

/** What the server at this address calls the repository. */
export function repositoryAt({ path, isWeb }: GitRemote, address: string): string {
  const prefix = (URL.parse(address)?.pathname ?? '').replace(/^\/+|\/+$/g, '');
  return isWeb && prefix !== '' && path.startsWith(`${prefix}/`) ? path.slice(prefix.length + 1) : path;
}
