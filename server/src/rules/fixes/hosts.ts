import type { Action } from '../../commands/action.ts';
import { type Span, shift } from '../../syntax/span.ts';
import type { Edit, Fix } from '../finding.ts';
import type { FixContext } from '../rule.ts';
import { extentOf, readExtent } from '../telling/extent.ts';
import { assignedTo } from './assigned.ts';
import { leastBreaking } from './safe-count.ts';
import { safeFigure } from './safe-figure.ts';
import { withName } from './said-too.ts';

/** *Use web[01-06], the most that is safe*: the first of the hosts that are named, or of those that a loop goes through. */
export function hostsFix(index: number, action: Action, context: FixContext): readonly Fix[] {
  const named = extentOf(action);
  const span = named && (assignedTo(named, context) ?? named);
  const extent = span && readExtent(context.source(span.start, span.end));
  if (span === undefined || extent === undefined) return [];
  const later = action.effect === 'remove' ? restoredLater(context, span) : [];
  const places = [span, ...later];
  const edits = (count: number) => {
    const fewer = places.map((place): Edit => ({ span: place, newText: extent.part(0, count) }));
    return withName(fewer, [extent.size, count], context);
  };
  // Each trial reads the whole runbook again, so that the number is halved.
  const most = Math.min(extent.size, mostHosts, mostSafe(index, action, context) + 1);
  const safe = mostThatMends(most, edits, context);
  if (safe < 1) return [];
  const words = extent.part(0, safe).replace(/\s*\\?\n\s*(?:- +)?/g, ' ');
  const title = `Use ${words.length > longTitle ? `the first ${safe}` : words}, the most that is safe`;
  return [{ title, preferred: false, spelling: false, edits: edits(safe) }];
}

/** The largest count below `bound` that mends. What looks like a slip beside the name may lie between two that do not, so that it is looked at last. */
function mostThatMends(bound: number, edits: (count: number) => readonly Edit[], { mends }: FixContext): number {
  let safe = leastBreaking(bound, (count) => !mends(edits(count), 'count-slip')) - 1;
  while (safe > 0 && !mends(edits(safe))) safe -= 1;
  return safe;
}

/** How many are safe here and later, as the message says; of the turns of a loop it is not known before. */
function mostSafe(index: number, { loop }: Action, context: FixContext): number {
  return (loop === undefined ? safeFigure(index, context)?.value : undefined) ?? Number.POSITIVE_INFINITY;
}

/** *Use the first 16*: of the names that another command lists, one on each line. */
export function listedFix(action: Action, context: FixContext): readonly Fix[] {
  const { everythingAt: listing, command, at } = action;
  const done = context.outcome?.actions.find((one) => one.action.at.start === at.start);
  if (listing === undefined || command === undefined || done?.count === undefined) return [];
  if (!namesAlone.test(context.source(listing.start, listing.end))) return [];
  const { end } = listing;
  const edits = (count: number): readonly Edit[] => [{ span: { start: end, end }, newText: ` | head -n ${count}` }];
  const safe = mostThatMends(done.count.most, edits, context);
  if (safe < 1) return [];
  return [
    { title: `Use the first ${safe}, the most that is safe`, preferred: false, spelling: false, edits: edits(safe) },
  ];
}

/** Options by which a listing shows one name a line and nothing else. */
const namesAlone = /\s(?:-o ?|-o=|--output[ =])name\b|\s--no-headers\b/;

const mostHosts = 10_000;
const longTitle = 60;

/** The same words further down, which bring the hosts back. */
function restoredLater({ list, at, source }: FixContext, { start, end }: Span): readonly Span[] {
  const words = source(start, end);
  const places = new Map<number, Span>();
  for (const { actions, base } of list.slice(at)) {
    for (const action of actions) {
      const own = action.effect === 'restore' ? extentOf(action) : undefined;
      const place = own && shift(own, base);
      if (place !== undefined && place.start >= end && source(place.start, place.end) === words)
        places.set(place.start, place);
    }
  }
  return [...places.values()];
}
