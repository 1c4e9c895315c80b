import type { Routes } from '../loopback.ts';
import { type CommentRow, mayOnly, NOT_ALLOWED, refused, type State, UNSEEN, USERS } from './state.ts';

const PAGE = 25;

/** Marks of a line stand at its end, in words; files, images and links with a preview are no text. */
function editedLine(line: string, block: string, isLast: boolean): object[] {
  const [, mark = '', words = ''] = /^(- \[[ x]\] |- |1\. )?(.*)$/s.exec(line) ?? [];
  const list = { '- [x] ': 'checked', '- [ ] ': 'unchecked', '- ': 'bullet', '1. ': 'ordered' }[mark];
  const end = { text: '\n', attributes: { 'block-id': block, ...(list === undefined ? {} : { list }) } };
  return [...editedWords(words), ...(isLast && list === undefined ? [] : [end])];
}

function editedWords(words: string): object[] {
  return words.split(/(`[^`]*`|!\[[^\]]*\]\([^)]*\)|<https?:[^>]*>)/).flatMap((part): object[] => {
    const [, name = '', url = ''] = /^!\[(.*)\]\((.*)\)$/.exec(part) ?? [];
    if (url !== '') return [{ type: 'image', text: name, image: { id: url, name, title: name, url, uploaded: true } }];
    if (part.startsWith('<')) return [{ type: 'link_mention', text: '', link_mention: { url: part.slice(1, -1) } }];
    if (part.startsWith('`')) return [{ text: part.slice(1, -1), attributes: { code: true } }];
    return part === '' ? [] : [{ text: part, attributes: {} }];
  });
}

export function commentRoutes(state: State): Routes {
  const taskOf = (id: string | undefined) => state.tasks.find((task) => task.id === id);
  const ownerOf = (id: string | undefined) =>
    state.tasks.find(({ comments }) => comments.some((comment) => String(comment.id) === id));

  /** What the editor makes of a text, when it does. */
  function runs(text: string): object[] {
    if (!state.options.formatsComments) return [{ text }];
    return text.split('\n').flatMap((line, place, all) => editedLine(line, `block-${place}`, place === all.length - 1));
  }

  function shown({ id, text, userId, at }: CommentRow) {
    const user = { ...USERS.find((each) => each.id === userId), initials: 'PB', color: '', profilePicture: null };
    const plain = state.options.formatsComments ? text.replaceAll('`', '') : text;
    return {
      ...{ id: String(id), comment: runs(text), comment_text: plain, user, date: String(at) },
      ...{ resolved: false, assignee: null, assigned_by: null, reactions: [], reply_count: '0' },
    };
  }

  return {
    'GET /v2/task/:task/comment': ({ params, query }) => {
      const task = taskOf(params['task']);
      if (!task) return UNSEEN;
      const newest = task.comments.toReversed();
      const [start, startId] = [query.get('start'), query.get('start_id')];
      const place = newest.findIndex(({ id, at }) => String(id) === startId && String(at) === start);
      const from = start === null ? 0 : place + 1;
      return { json: { comments: newest.slice(from, from + PAGE).map(shown) } };
    },
    'POST /v2/task/:task/comment': ({ params, body }) => {
      const task = taskOf(params['task']);
      if (!task) return UNSEEN;
      if (mayOnly(state, 'comment')) return NOT_ALLOWED;
      const { comment_text: text } = body as { comment_text: string };
      const comment: CommentRow = { id: state.nextId(), text, userId: 183, at: state.time() };
      task.comments.push(comment);
      return { json: { id: String(comment.id), hist_id: '26508', date: comment.at } };
    },
    'PUT /v2/comment/:comment': ({ params, body }) => {
      const comment = ownerOf(params['comment'])?.comments.find(({ id }) => String(id) === params['comment']);
      if (!comment) return refused(404, 'Comment not found', 'COMMENT_033');
      comment.text = (body as { comment_text: string }).comment_text;
      return { json: {} };
    },
    'DELETE /v2/comment/:comment': ({ params }) => {
      const comments = ownerOf(params['comment'])?.comments;
      if (!comments) return refused(404, 'Comment not found', 'COMMENT_033');
      comments.splice(
        comments.findIndex(({ id }) => String(id) === params['comment']),
        1,
      );
      return { json: {} };
    },
  };
}
