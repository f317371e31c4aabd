import type { Analysis, CommandsAnalysis, FleetAnalysis, RunbookAnalysis } from '../lint/analysis.ts';
import type { CommandTool } from '../model/commands.ts';
import type { Leaf } from '../model/leaf.ts';
import { type Span, shift } from '../syntax/span.ts';
import { type Entry, entryOf, type Node } from '../syntax/tree.ts';
import { changes } from './steps/figures.ts';
import { stepKind, stepLabel } from './steps/step-label.ts';
import { innerStep, type StepHere, verdictOf } from './steps/walk-steps.ts';

export type SymbolKind = 'file' | 'section' | 'parameter' | 'step' | 'subsystem' | 'group' | 'tool' | 'usage' | 'rule';

/** Something of a file that a person would look for. */
export interface FileSymbol {
  readonly kind: SymbolKind;
  readonly name: string;
  readonly detail: string;
  /** All of it, and the word to go to. The word is inside. */
  readonly span: Span;
  readonly at: Span;
  readonly children: readonly FileSymbol[];
}

/** The outline of a file. */
export function symbolsIn(analysis: Analysis): readonly FileSymbol[] {
  switch (analysis.kind) {
    case 'runbook':
      return runbookSymbols(analysis);
    case 'fleet':
      return fleetSymbols(analysis);
    case 'commands':
      return commandsSymbols(analysis);
    case 'config':
      return entriesOf(entryOf(analysis.root, 'rules')?.value).flatMap(({ key, value, span }) =>
        symbol('rule', key.value, value?.kind === 'scalar' ? value.value : '', span, key.span),
      );
  }
}

function runbookSymbols(analysis: RunbookAnalysis): readonly FileSymbol[] {
  const { root, head, steps, runs } = analysis;
  const parameters = head.parameters.flatMap(({ name, default: usual }) =>
    named('parameter', name, usual?.value === undefined ? '' : `default ${usual.value}`, root, 'parameters'),
  );
  return [
    ...section(root, 'parameters', parameters),
    ...steps.map((place, index) =>
      stepSymbol(analysis, {
        place,
        reading: place.reading,
        path: [index],
        outcomes: runs.map((run) => run.outcomes[index]),
      }),
    ),
  ];
}

function stepSymbol(analysis: RunbookAnalysis, here: StepHere): FileSymbol {
  const { place, reading, path } = here;
  const { step } = reading;
  const span = path.length === 1 ? place.span : shift(step.span, place.offset);
  const at = shift(step.name?.span ?? step.key, place.offset);
  return {
    kind: 'step',
    name: stepLabel(analysis, place, step),
    detail: detailOf(analysis, here),
    span,
    at: within(at, span),
    children: reading.inner.map((inner, i) => stepSymbol(analysis, innerStep(here, inner, i))),
  };
}

/** `remove · unsafe · index 80/110`: what it is, what is thought of it, and where it is tightest. */
function detailOf({ runs }: RunbookAnalysis, here: StepHere): string {
  const kind = stepKind(here.reading.step);
  const verdict = verdictOf(here);
  let tightest: { readonly text: string; readonly margin: number } | undefined;
  for (const [run, outcome] of here.outcomes.entries()) {
    for (const [i, figure] of (outcome?.figures ?? []).entries()) {
      const margin = figure.lowest.worst - figure.minimum;
      if (!changes(figure) || (tightest !== undefined && tightest.margin <= margin)) continue;
      const name = runs[run]?.fleet.capacity.subsystems[i]?.name ?? '';
      tightest = { text: `${name} ${figure.lowest.worst}/${figure.minimum}`, margin };
    }
  }
  const said = [kind, ...(verdict === 'safe' ? [] : [verdict]), ...(tightest === undefined ? [] : [tightest.text])];
  return said.join(' · ');
}

function fleetSymbols({ root, fleet, capacity }: FleetAnalysis): readonly FileSymbol[] {
  const subsystems = fleet.subsystems.flatMap(({ name }) => {
    const known = capacity.subsystemByName.get(name.value ?? '');
    const detail = known === undefined ? '' : `${known.full} units, minimum ${known.minimum}`;
    return named('subsystem', name, detail, root, 'subsystems');
  });
  const groups = fleet.groups.flatMap(({ name }) => {
    const known = capacity.groupByName.get(name.value ?? '');
    return named('group', name, known === undefined ? '' : `${known.size} servers`, root, 'groups');
  });
  return [
    ...section(root, 'subsystems', subsystems),
    ...section(root, 'groups', groups),
    ...section(root, 'commands', toolSymbols(fleet.commands, entryOf(root, 'commands')?.value)),
  ];
}

function commandsSymbols({ root, tools }: CommandsAnalysis): readonly FileSymbol[] {
  return toolSymbols(tools, entryOf(root, 'commands')?.value);
}

function toolSymbols(tools: readonly CommandTool[], list: Node | undefined): readonly FileSymbol[] {
  const items = list?.kind === 'sequence' ? list.items : [];
  return tools.flatMap(({ tool, usages }) => {
    const item = items.find(({ span }) => span.start <= tool.span.start && tool.span.end <= span.end);
    const children = usages.flatMap(({ usage, effect, span }) =>
      symbol('usage', usage.value ?? '', effect?.value ?? '', span, usage.span),
    );
    return symbol('tool', tool.value ?? '', '', item?.span ?? tool.span, tool.span, children);
  });
}

/** An entry with what stands under it; nothing where the file has it not. */
function section(root: Node | undefined, key: string, children: readonly FileSymbol[]): readonly FileSymbol[] {
  const entry = entryOf(root, key);
  return entry === undefined ? [] : symbol('section', key, '', entry.span, entry.key.span, children);
}

/** A name that is a key of that section of the file. */
function named(
  kind: SymbolKind,
  name: Leaf<string>,
  detail: string,
  root: Node | undefined,
  under: string,
): readonly FileSymbol[] {
  const entry = entriesOf(entryOf(root, under)?.value).find(({ key }) => key === name.scalar);
  return symbol(kind, name.value ?? '', detail, entry?.span ?? name.span, name.span);
}

function symbol(
  kind: SymbolKind,
  name: string,
  detail: string,
  span: Span,
  at: Span,
  children: readonly FileSymbol[] = [],
): readonly FileSymbol[] {
  // An editor shows no symbol without a name.
  return name.trim() === '' ? children : [{ kind, name, detail, span, at: within(at, span), children }];
}

function entriesOf(node: Node | undefined): readonly Entry[] {
  return node?.kind === 'mapping' ? node.entries : [];
}

function within(at: Span, { start, end }: Span): Span {
  const from = Math.max(start, Math.min(at.start, end));
  return { start: from, end: Math.max(from, Math.min(at.end, end)) };
}

/** A symbol of the workspace, without those inside it. */
export interface NamedPlace extends Omit<FileSymbol, 'children'> {
  readonly container: string;
}

/** Everything in a file that a query finds: its letters in their order, whatever is between them. */
export function symbolsFor(analysis: Analysis, query: string): readonly NamedPlace[] {
  const wanted = query.toLowerCase().replace(/\s+/g, '');
  const title = titleOf(analysis);
  const found: NamedPlace[] = [];
  const gather = (symbols: readonly FileSymbol[], container: string) => {
    for (const { children, ...one } of symbols) {
      if (one.kind !== 'section' && hasLetters(one.name.toLowerCase(), wanted)) found.push({ ...one, container });
      gather(children, one.kind === 'section' ? container : one.name);
    }
  };
  if (title !== undefined && title.name !== '' && hasLetters(title.name.toLowerCase(), wanted)) {
    found.push({ kind: 'file', detail: analysis.kind, container: '', ...title });
  }
  gather(symbolsIn(analysis), title?.name ?? '');
  return found;
}

function titleOf(analysis: Analysis): Pick<NamedPlace, 'name' | 'span' | 'at'> | undefined {
  const leaf =
    analysis.kind === 'runbook' ? analysis.head.title : analysis.kind === 'fleet' ? analysis.fleet.name : undefined;
  return leaf && { name: leaf.value ?? '', span: leaf.span, at: leaf.span };
}

function hasLetters(name: string, wanted: string): boolean {
  let at = 0;
  for (const letter of wanted) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
