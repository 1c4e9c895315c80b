/** Asana's look at rich text: XML with few tags. https://developers.asana.com/docs/rich-text */
import { SaxesParser } from 'saxes';
import { Refused } from './state.ts';

const INLINE = ['strong', 'em', 'u', 's', 'code', 'a'];
const EVERYWHERE = ['body', ...INLINE, 'ol', 'ul', 'li', 'pre', 'blockquote'];
const NOTES = [...EVERYWHERE, 'h1', 'h2'];

/** Throws as Asana refuses; gives the text back as it is kept. */
export function richText(field: 'html_notes' | 'html_text', value: unknown): string {
  if (typeof value !== 'string') throw new Refused(400, `${field}: must be a string`);
  const allowed = field === 'html_notes' ? NOTES : EVERYWHERE;
  const parser = new SaxesParser();
  const open: string[] = [];
  const refuse = (why: string) => {
    throw new Refused(400, `${field}: XML is invalid: ${why}`);
  };
  parser.on('error', (error) => refuse(error.message));
  parser.on('opentag', ({ name, attributes }) => {
    if (!allowed.includes(name)) refuse(`<${name}> is not supported`);
    if ((name === 'body') !== (open.length === 0)) refuse('<body> must be the root');
    if (/^h\d$/.test(open.at(-1) ?? '') && !INLINE.includes(name)) refuse(`<${name}> in a heading`);
    if ((open.at(-1) === 'ul' || open.at(-1) === 'ol') && name !== 'li') refuse(`<${name}> in a list`);
    for (const attribute of Object.keys(attributes))
      if (name !== 'a' || attribute !== 'href') refuse(`${attribute} is not supported`);
    open.push(name);
  });
  parser.on('text', (text) => {
    if (open.some((name) => /^h\d$/.test(name)) && text.includes('\n')) refuse('a line end in a heading');
  });
  parser.on('closetag', () => void open.pop());
  parser.write(value).close();
  return linked(value);
}

/** Addresses become links, but for those in links and in code. */
function linked(html: string): string {
  const pieces = html.split(/(<(a|code|pre)\b[^>]*>.*?<\/\2>|<[^>]*>)/s).filter((_, place) => place % 3 < 2);
  return pieces
    .map((piece) => (piece.startsWith('<') ? piece : piece.replace(/https?:\/\/[^\s<&)]+/g, '<a href="$&">$&</a>')))
    .join('');
}
