import type { Action } from '../../commands/action.ts';
import { type Span, shift } from '../../syntax/span.ts';
import type { Edit, Fix } from '../finding.ts';
import type { FixContext } from '../rule.ts';
import { figureOf } from '../telling/figure.ts';
import { assignedTo } from './assigned.ts';
import { leastBreaking } from './safe-count.ts';

/** *Use web[01-06], the most that is safe*: the first of the hosts that are named, or of those that a loop goes through. */
export function hostsFix(action: Action, context: FixContext): readonly Fix[] {
  const named = extentOf(action);
  const span = named && (assignedTo(named, context) ?? named);
  const extent = span && read(context.source(span.start, span.end));
  if (span === undefined || extent === undefined) return [];
  const later = action.effect === 'remove' ? restoredLater(context, context.source(span.start, span.end)) : [];
  const places = [span, ...later];
  const edits = (count: number) => places.map((place): Edit => ({ span: place, newText: extent.first(count) }));
  // Each trial reads the whole runbook again, so that the number is halved.
  const most = Math.min(extent.size, mostHosts);
  const safe = leastBreaking(most, (count) => !context.mends(edits(count))) - 1;
  if (safe < 1) return [];
  const words = extent.first(safe).replace(/\s*\\?\n\s*(?:- +)?/g, ' ');
  const title = `Use ${words.length > longTitle ? `the first ${safe}` : words}, the most that is safe`;
  return [{ title, preferred: false, spelling: false, edits: edits(safe) }];
}

/** *Use the first 16*: of the names that another command lists, one on each line. */
export function listedFix(action: Action, context: FixContext): readonly Fix[] {
  const { everythingAt: listing, command, at } = action;
  const done = context.outcome?.actions.find((one) => one.action.at.start === at.start);
  if (listing === undefined || command === undefined || done?.count === undefined) return [];
  if (!namesAlone.test(context.source(listing.start, listing.end))) return [];
  const { end } = listing;
  const edits = (count: number): readonly Edit[] => [{ span: { start: end, end }, newText: ` | head -n ${count}` }];
  const safe = leastBreaking(done.count.most, (count) => !context.mends(edits(count))) - 1;
  if (safe < 1) return [];
  return [
    { title: `Use the first ${safe}, the most that is safe`, preferred: false, spelling: false, edits: edits(safe) },
  ];
}

/** Options by which a listing shows one name a line and nothing else. */
const namesAlone = /\s(?:-o ?|-o=|--output[ =])name\b|\s--no-headers\b/;

const mostHosts = 10_000;
const longTitle = 60;

/** The words that name the hosts, where no figure says how many of them go. */
function extentOf(action: Action): Span | undefined {
  if (action.loop !== undefined) return action.loop;
  const hosts = action.target.terms.filter(({ role }) => role === 'hosts' || role === 'target');
  const [first] = hosts;
  if (first === undefined || figureOf(action) !== undefined || hosts.length < action.target.terms.length)
    return undefined;
  return {
    start: Math.min(...hosts.map(({ span }) => span.start)),
    end: Math.max(...hosts.map(({ span }) => span.end)),
  };
}

/** The same words in later steps, which bring the hosts back. */
function restoredLater({ list, at, source }: FixContext, words: string): readonly Span[] {
  const places = new Map<number, Span>();
  for (const { actions, base } of list.slice(at + 1)) {
    for (const action of actions) {
      const own = action.effect === 'restore' ? extentOf(action) : undefined;
      const place = own && shift(own, base);
      if (place !== undefined && source(place.start, place.end) === words) places.set(place.start, place);
    }
  }
  return [...places.values()];
}

/** Hosts as they are written, of which the first few can be written too. */
interface Extent {
  readonly size: number;
  first(count: number): string;
}

/** A range, or single names with spaces, commas or the dashes of a list between them. */
function read(text: string): Extent | undefined {
  const [, before = '', open = '', low = '', dash = '', high = '', close = '', after = ''] =
    /^([^[\]{},\s]*)([[{])(\d+)(-|\.\.)(\d+)([\]}])([^[\]{},\s]*)$/.exec(text) ?? [];
  if ((open === '[' && dash === '-' && close === ']') || (open === '{' && dash === '..' && close === '}')) {
    const size = Number(high) - Number(low) + 1;
    const last = (count: number) => `${Number(low) + count - 1}`.padStart(low.length, '0');
    const range = (count: number) => (count === 1 ? low : `${open}${low}${dash}${last(count)}${close}`);
    return size > 1 ? { size, first: (count) => `${before}${range(count)}${after}` } : undefined;
  }
  const [, counting = '', from = '', to = ''] = /^(\$\(seq (?:-w )?)(\d+) (\d+)\)$/.exec(text) ?? [];
  if (counting !== '') {
    const width = counting.endsWith('-w ') || to.startsWith('0') ? to.length : 0;
    const first = (count: number) => `${counting}${from} ${`${Number(from) + count - 1}`.padStart(width, '0')})`;
    return { size: Number(to) - Number(from) + 1, first };
  }
  const names = [...text.matchAll(/[^\s,\\]+/g)].filter(([word]) => word !== '-');
  if (names.length < 2 || !names.every(([name]) => /^[\w.:@/-]+$/.test(name))) return undefined;
  const endOf = (name: RegExpExecArray | undefined) => (name?.index ?? 0) + (name?.[0].length ?? 0);
  return { size: names.length, first: (count) => text.slice(0, endOf(names[count - 1])) };
}
