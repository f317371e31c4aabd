import type { Span } from './span.ts';
import type { Node, Scalar } from './tree.ts';

/** The same tree with every span put elsewhere. */
export function moved(node: Node, place: (span: Span) => Span): Node {
  switch (node.kind) {
    case 'scalar':
      return movedScalar(node, place);
    case 'sequence':
      return { ...node, items: node.items.map((item) => moved(item, place)), span: place(node.span) };
    case 'mapping': {
      const entries = node.entries.map(({ key, value, span }) => ({
        key: movedScalar(key, place),
        value: value && moved(value, place),
        span: place(span),
      }));
      return { ...node, entries, span: place(node.span) };
    }
  }
}

function movedScalar(scalar: Scalar, place: (span: Span) => Span): Scalar {
  return { ...scalar, span: place(scalar.span), outer: place(scalar.outer) };
}
