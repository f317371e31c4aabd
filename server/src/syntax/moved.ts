import type { Span } from './span.ts';
import type { Node, Scalar } from './tree.ts';

/** The same tree with every span put elsewhere. Nodes that several aliases share stay shared. */
export function moved(node: Node, place: (span: Span) => Span): Node {
  return movedOnce(node, place, new Map());
}

function movedOnce(node: Node, place: (span: Span) => Span, done: Map<Node, Node>): Node {
  const known = done.get(node);
  if (known !== undefined) return known;
  const made = movedNode(node, place, done);
  done.set(node, made);
  return made;
}

function movedNode(node: Node, place: (span: Span) => Span, done: Map<Node, Node>): Node {
  switch (node.kind) {
    case 'scalar':
      return movedScalar(node, place);
    case 'sequence':
      return { ...node, items: node.items.map((item) => movedOnce(item, place, done)), span: place(node.span) };
    case 'mapping': {
      const entries = node.entries.map(({ key, value, span }) => ({
        key: movedScalar(key, place),
        value: value && movedOnce(value, place, done),
        span: place(span),
      }));
      return { ...node, entries, span: place(node.span) };
    }
  }
}

function movedScalar(scalar: Scalar, place: (span: Span) => Span): Scalar {
  return { ...scalar, span: place(scalar.span), outer: place(scalar.outer) };
}
