/** An address that text from outside names: of a web page, in a form that cannot break out of a link, or none. */

const LONGEST = 4000;

/** Nothing that ends a link in Markdown, HTML or a log. */
const SAFE = /^[\w!#$%&'()*+,./:;=?@[\]~-]+$/;

/** `''` for what is no web page, and for one that carries a user name. */
export function webAddress(text: string): string {
  if (text.length > LONGEST) return '';
  const url = URL.parse(text.trim());
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return '';
  return SAFE.test(text) ? text : url.href;
}

/** Both on one server. */
export function isSameOrigin(one: string, other: string): boolean {
  const [a, b] = [URL.parse(one)?.origin, URL.parse(other)?.origin];
  return a !== undefined && a !== 'null' && a === b;
}
