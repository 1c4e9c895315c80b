/** Shows a page in the person's browser. */
import { spawn } from 'node:child_process';
import { PaceError } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';

/** `$BROWSER`, else what the system opens pages with. Nothing is waited for. Throws for what is no address of the web. */
export function openInBrowser({ env, log }: Pick<World, 'env' | 'log'>, address: string): void {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) throw noPage(address);
  const [program = '', ...given] = openerOf(env['BROWSER'], process.platform);
  const child = spawn(program, [...given, url.href], { detached: true, stdio: 'ignore' });
  child.once('error', (error) =>
    log.warn(`The browser could not be started (${plainLine(error.message, 200)}): ${url.href}`),
  );
  child.unref();
}

/** The first of the browsers that `$BROWSER` names, which colons part; `%s` stands for the address, which comes last here anyway. */
export function openerOf(browser: string | undefined, platform: NodeJS.Platform): string[] {
  const [first = ''] = browser?.split(':') ?? [];
  const words = first.split(/\s+/).filter((word) => word !== '' && word !== '%s');
  if (words.length > 0) return words;
  if (platform === 'darwin') return ['open'];
  // https://learn.microsoft.com/en-us/windows-server/administration/windows-commands/rundll32
  return platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler'] : ['xdg-open'];
}

function noPage(address: string): PaceError {
  return new PaceError({
    kind: 'unsupported',
    operation: 'open',
    message: `This issue has no page on the web: ${plainLine(address, 200)}.`,
    remedy: 'Please read it with `pace issue show`.',
  });
}
