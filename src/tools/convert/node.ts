import { isDeepStrictEqual } from 'node:util';
import { Document, isCollection, isNode, isSeq, type Node, visit, type YAMLSeq } from 'yaml';
import type { Comment } from './comments';
import type { Leaf } from './source';

/** A value as YAML, written as the source writes it where it is the same value, and the comments that have no place in it. */
export function nodeOf(value: unknown, leaf: Leaf): { readonly node: Node; readonly rest: readonly string[] } {
  const same = leaf.node !== null && isDeepStrictEqual(value, leaf.value);
  const node = same ? bare(leaf.node) : plainNode(value);
  if (same && isSeq(node) && !node.flow) return { node, rest: commentItems(node, leaf) };
  const behind = leaf.comments.filter(({ alone }) => !alone).at(-1);
  if (behind) node.comment = behind.text;
  return { node, rest: texts(leaf.comments.filter((comment) => comment !== behind)) };
}

/** A new value; lists of words in one line, as commands are read. */
export function plainNode(value: unknown): Node {
  const node = new Document().createNode(value) as Node;
  if (isCollection(node)) node.flow = true;
  return node;
}

export function texts(comments: readonly Comment[]): string[] {
  return comments.map(({ text }) => text);
}

/** Without the comments that the library hung there, some of which speak of what comes later. */
function bare(node: Node): Node {
  const copy = node.clone() as Node;
  visit(copy, (_, each) => {
    if (!isNode(each)) return;
    each.comment = null;
    each.commentBefore = null;
    each.spaceBefore = false;
  });
  return copy;
}

function commentItems(list: YAMLSeq, { comments, lines }: Leaf): string[] {
  const rest: Comment[] = [];
  for (const comment of comments) {
    const behind = list.items[lines.indexOf(comment.line)];
    const below = list.items[lines.findIndex((line) => line > comment.line)];
    if (!comment.alone && isNode(behind)) behind.comment = comment.text;
    else if (!comment.alone) rest.push(comment);
    else if (isNode(below)) below.commentBefore = [below.commentBefore, comment.text].filter(Boolean).join('\n');
    else list.comment = [list.comment, comment.text].filter(Boolean).join('\n');
  }
  return texts(rest);
}
