/** A whole issue as Markdown: what stands on it, its text, its links and its comments. Pure. */
import { minute } from '../../../core/text/minute.ts';
import { inlineMarkdown, plainText } from '../../../core/text/untrusted-text.ts';
import type { ShownIssue } from './fields.ts';
import { fieldsOf } from './issue-text.ts';

export function issueMarkdown(issue: ShownIssue): string {
  const { key, title, body, sections = [], links = [], comments = [] } = issue;
  const parts = [
    `# ${inlineMarkdown(key)}: ${inlineMarkdown(title)}`,
    listed(headOf(issue)),
    plainText(body).trim(),
    ...sections.map(({ name, text }) => section(inlineMarkdown(name), plainText(text).trim())),
    section('Links', listed(links.map(({ type, target }) => [type, target]))),
    section(
      'Comments',
      comments
        .map(({ author, createdAt, body: text }) => {
          const who = author ? `${inlineMarkdown(author.name)}, ` : '';
          return `### ${who}${minute(createdAt)}\n\n${plainText(text).trim()}`;
        })
        .join('\n\n'),
    ),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

type Line = readonly [name: string, value: string | undefined];

function headOf(issue: ShownIssue): Line[] {
  const { stateName, labels, author, createdAt, updatedAt, url } = issue;
  return [
    ['State', stateName],
    ['Labels', labels.join(', ')],
    ['Written', `${minute(createdAt)}${author ? ` by ${author.name}` : ''}`],
    ['Changed', updatedAt === createdAt ? undefined : minute(updatedAt)],
    ['Address', url],
    // they have a section of their own
    ...fieldsOf(issue).filter(([name]) => name !== 'Links'),
  ];
}

function listed(lines: readonly Line[]): string {
  return lines.flatMap(([name, value]) => (value ? [`- ${name}: ${inlineMarkdown(value)}`] : [])).join('\n');
}

function section(title: string, text: string): string {
  return text === '' ? '' : `## ${title}\n\n${text}`;
}
