/** The blocks of a document as wiki text. https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all */
import type { AdfNode } from './adf-node.ts';
import { inlineToWiki } from './adf-to-wiki-inline.ts';

export function toWiki(nodes: readonly AdfNode[]): string {
  return nodes
    .map(block)
    .filter((text) => text !== '')
    .join('\n\n');
}

function block(node: AdfNode): string {
  const content = node.content ?? [];
  switch (node.type) {
    case 'heading':
      return `h${node.attrs?.['level'] ?? 1}. ${inlineToWiki(content, 'line')}`;
    case 'bulletList':
    case 'orderedList':
    case 'taskList':
      return list(node, '').join('\n');
    case 'codeBlock':
      return codeBlock(node);
    case 'blockquote':
      return `{quote}\n${toWiki(content)}\n{quote}`;
    case 'rule':
      return '----';
    case 'table':
      return content.map(row).join('\n');
    case 'expand':
      return `${panel(node)}\n${toWiki(content)}\n{panel}`;
    default:
      return inlineToWiki(content, 'paragraph');
  }
}

/** Its title stands among parameters, which signs of the wiki would end. */
function panel({ attrs = {} }: AdfNode): string {
  const plain = String(attrs['title'] ?? '')
    .replace(/[{}|\s]+/g, ' ')
    .trim();
  const others = String(attrs['wiki'] ?? '')
    .split('|')
    .filter((one) => one !== '' && !one.startsWith('title='));
  const all = [...(plain === '' ? [] : [`title=${plain}`]), ...others];
  return all.length === 0 ? '{panel}' : `{panel:${all.join('|')}}`;
}

/** The lines of a list below these markers. A list of tasks is one whose items start with a box. */
function list(node: AdfNode, above: string): string[] {
  const markers = above + (node.type === 'orderedList' ? '#' : '*');
  const start = Number(node.attrs?.['order'] ?? 1);
  return (node.content ?? []).flatMap((child, index) => {
    if (child.type === 'taskList') return list(child, markers);
    // the wiki counts from 1: the anchor, which nobody sees, keeps what Markdown has
    const anchor = node.type === 'orderedList' && index === 0 && start !== 1 ? `{anchor:start-${start}}` : '';
    const blocks = child.type === 'taskItem' ? [taskLine(child)] : (child.content ?? []);
    return item(blocks, markers, anchor);
  });
}

function taskLine({ attrs, content = [] }: AdfNode): AdfNode {
  const box = { type: 'text', text: attrs?.['state'] === 'DONE' ? '[x] ' : '[ ] ' };
  return { type: 'paragraph', content: [box, ...content] };
}

/** What stands below an item without a blank line belongs to it; lists below it come last, for they would take the rest. */
function item(blocks: readonly AdfNode[], markers: string, anchor: string): string[] {
  const isList = ({ type }: AdfNode) => ['bulletList', 'orderedList', 'taskList'].includes(type);
  const [first, ...more] = blocks.filter((node) => !isList(node));
  const opensWithText = first === undefined || first.type === 'paragraph';
  const text = first && opensWithText ? block(first) : '';
  return [
    `${markers} ${anchor}${text}`,
    ...(opensWithText ? more : [first, ...more]).map(block),
    ...blocks.filter(isList).flatMap((node) => list(node, markers)),
  ];
}

/** Languages that Jira colours; for others it would print a complaint into the text. */
const LANGUAGES =
  /^(?:actionscript3?|ada|applescript|bash|c|c#|cpp|css|erlang|go|groovy|haskell|html|java|javascript|js|json|lua|objc|perl|php|python|r|ruby|scala|sh|sql|swift|visualbasic|xml|yaml)$/i;

function codeBlock({ attrs, content = [] }: AdfNode): string {
  const text = content.map((child) => child.text ?? '').join('');
  const language = String(attrs?.['language'] ?? '').replace(/[^\w+#.-]/g, '');
  const macro = language === '' ? 'noformat' : 'code';
  const parameters = language === '' ? '' : LANGUAGES.test(language) ? `:${language}` : `:title=${language}`;
  // the end of the macro within it: a joiner, which nobody sees, takes its meaning away
  const safe = text.replace(/\{(?=\u2060*(?:code|noformat|quote|panel|color)\b)/g, '{\u2060');
  return `{${macro}${parameters}}\n${safe}${safe === '' ? '' : '\n'}{${macro}}`;
}

function row({ content = [] }: AdfNode): string {
  const isHead = content.length > 0 && content.every(({ type }) => type === 'tableHeader');
  const bar = isHead ? '||' : '|';
  return `${bar}${content.map((cell) => `${cellText(cell) || ' '}${bar}`).join('')}`;
}

function cellText({ content = [] }: AdfNode): string {
  return content.map((child) => inlineToWiki(child.content ?? [], 'line')).join('\\\\');
}
