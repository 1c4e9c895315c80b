/** `pace issue link`, `unlink` and `links`. */
import type { Command } from 'commander';
import { LINK_TYPES, type LinkType } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { inSession, onTracker, type Session, writing } from './session.ts';
import type { Shell } from './shell.ts';

export const LINKS = {
  link: (issue: Command, shell: Shell) => defineChange(issue, shell, 'link', 'link an issue with another'),
  unlink: (issue: Command, shell: Shell) => defineChange(issue, shell, 'unlink', 'remove a link between two issues'),
  links: defineList,
};

function defineChange(issue: Command, shell: Shell, verb: 'link' | 'unlink', about: string): void {
  writing(issue.command(verb))
    .description(about)
    .argument('<key>', 'e.g. 12, PROJ-12')
    .argument('<type>', `${LINK_TYPES.join(', ')}; dashes may stand for blanks`)
    .argument('<target>', 'the other issue')
    .action((key: string, type: string, target: string, options) =>
      inSession(shell, options, (session) => change(session, verb, [key, type, target])),
    );
}

function defineList(issue: Command, shell: Shell): void {
  onTracker(issue.command('links'))
    .description('list the links of an issue')
    .argument('<key>', 'e.g. 12, PROJ-12')
    .action((key: string, options) =>
      inSession(shell, options, async (session) => {
        const { LINKS: links } = await import('../tracker/print/shapes.ts');
        const printing = session.printing(links);
        const { tracker, keys } = await session.open([key]);
        await printing.list(await tracker.getIssueLinks(keys[0] ?? ''), 'No links.');
        return 0;
      }),
    );
}

async function change(
  session: Session,
  verb: 'link' | 'unlink',
  [reference, words, other]: readonly [string, string, string],
): Promise<number> {
  const { LINKS } = await import('../tracker/print/shapes.ts');
  const { linkEnd } = await import('../tracker/link-end.ts');
  const printing = session.printing(LINKS);
  const type = await typeOf(words);
  const {
    tracker,
    keys: [key = ''],
  } = await session.open([reference]);
  const target = await linkEnd(session, reference, other);
  const link = { type, target };
  if (verb === 'link') await tracker.createLink(key, link);
  else await tracker.deleteLink(key, link);
  await printing.one(
    link,
    `${verb === 'link' ? 'Linked' : 'Unlinked'}: ${plainLine(key)} ${type} ${plainLine(target)}\n`,
  );
  return 0;
}

async function typeOf(words: string): Promise<LinkType> {
  const wanted = words
    .trim()
    .toLowerCase()
    .replaceAll(/[-_\s]+/g, ' ');
  const type = LINK_TYPES.find((name) => name === wanted);
  if (type) return type;
  const { usageError } = await import('../tracker/usage.ts');
  const { didYouMean } = await import('../../core/yaml/suggest.ts');
  throw usageError(
    `“${plainLine(words, 60)}” is no link.${didYouMean(wanted, LINK_TYPES)}`,
    `There are: ${LINK_TYPES.join(', ')}.`,
  );
}
