import assert from 'node:assert/strict';
import type { Action } from '../../../server/src/commands/action.ts';
import { type CompletionItem, completionAt } from '../../../server/src/commands/complete/complete.ts';
import { readScript, type ScriptReading } from '../../../server/src/commands/reading/read-script.ts';
import { type CommandTable, compileTools } from '../../../server/src/commands/table.ts';
import { readCommandTools } from '../../../server/src/model/commands-file.ts';
import { parseYaml } from '../../../server/src/syntax/parse.ts';
import type { Span } from '../../../server/src/syntax/span.ts';
import { entryOf, type Scalar } from '../../../server/src/syntax/tree.ts';
import { mark, marked } from '../../support/markers.ts';

/** The tools that most tests speak of. */
const declarations = `
- tool: s3ctl
  globals: ["-p|--profile <_>"]
  usages:
    - usage: "remove --subsystem <subsystem> [--group <group>] [-n|--count <count>] [--percent <percent>] [--batch <batch>] [--pause <pause>] [-y|--yes]"
      effect: remove
      absent: all
      allIf: [--all]
      dryRunIf: ["--dry-run=client"]
      undo: "s3ctl restore --subsystem <subsystem> --count <count>"
    - usage: "restore --subsystem <subsystem> [--count <count>]"
      effect: restore
    - usage: "drain <hosts...>"
      effect: remove
    - usage: "evict [--zone <zone>] [<group>]"
      effect: remove
      absent: one
    - usage: "resize <group> <count>"
      effect: scale-to
    - usage: "scale <target>=<count>"
      effect: scale-to
    - usage: "bounce <group> [--batch <batch>]"
      effect: restart
      speed: { batch: <batch>, absent: one-by-one }
    - usage: "cordon <hosts...>"
      effect: block
    - usage: "status [<subsystem>]"
      effect: none
- tool: asg
  map: { web: web-asg }
  usages:
    - usage: "terminate --instance-ids <hosts...> (--decrement|--no-decrement)"
      effect: replace
      variants: [{ if: [--decrement], effect: remove, lasts: permanent }]
    - usage: "detach --instances <hosts>"
      effect: remove
      hostsNotation: comma
    - usage: "set <target> --state <_>"
      effect: remove
      variants: [{ if: ["--state=ready"], effect: restore }]
      absent: all
    - usage: "patch <target> -p <_>"
      effect: scale-to
      in: { json: <count>, path: spec.replicas, option: -p }
    - usage: "apply <target>"
      effect: scale-to
      in: { yaml: <count>, path: spec.replicas }
    - usage: "sizes <target>=<count>..."
      effect: scale-to
    - usage: "size <target...> --to <count>"
      effect: scale-to
- tool: fleetctl
  map: { <n>: osd.<n> }
  usages:
    - usage: "svc <hosts> [<_>] [-m <_>] [-a <_>]"
      effect: opaque
      variants:
        - { if: ["-m=service|systemd", "-a=*state=stopped*"], effect: remove }
        - { if: ["-m=service|systemd", "-a=*state=restarted*"], effect: restart }
        - { if: ["DOWN|down"], effect: remove }
    - usage: "bounce <hosts...> [-P <batch>] [-o <_>]"
      effect: restart
      speed: { batch: <batch>, absent: one-by-one }
- tool: inbox
  usages:
    - usage: "<_> <command...>"
      effect: carry
- tool: everywhere
  usages:
    - usage: "[-a] [-w <hosts>] [-x <except>] [-f <batch>] [--pick <count>] <command...>"
      effect: carry
      allIf: [-a]
- tool: ssh
  usages:
    - usage: "[-p <_>] <hosts> [<command...>]"
      effect: carry
- tool: systemctl
  usages:
    - { usage: "stop <_...>", effect: remove }
    - { usage: "restart <_...>", effect: restart }
`;

export function tableOf(text: string): CommandTable {
  return compileTools(readCommandTools(parseYaml(text).root)).table;
}

export const table = tableOf(declarations);

export type Values = Readonly<Record<string, string | undefined>>;

/** The script of a `run:` step. */
export function scriptOf(text: string): Scalar {
  const value = entryOf(parseYaml(text).root, 'run')?.value;
  assert.ok(value?.kind === 'scalar', `no script in: ${text}`);
  return value;
}

export function read(text: string, values: Values = {}, tools = table): ScriptReading {
  return readScript(scriptOf(text), tools, new Map(Object.entries(values)));
}

/** An action in a line: `remove subsystem:billing 4`. */
export function inWords(action: Action): string {
  const { effect, target, amount, batch, pause, lasts, seconds, obstacle, everythingAt, bounds, maybe } = action;
  const number = (value: { readonly unit: string; readonly value?: number }) =>
    value.unit === 'percent' ? `${(value.value ?? 0) / 1000}%` : value.unit === 'all' ? 'all' : `${value.value}`;
  return [
    effect,
    ...target.terms.map(({ role, text }) => `${role}:${text}`),
    target.wholeFleet && obstacle === undefined ? 'the whole fleet' : '',
    amount === undefined ? '' : number(amount.value),
    action.atMost === true ? 'at most' : '',
    bounds?.least === undefined ? '' : `least ${bounds.least.value}`,
    bounds?.most === undefined ? '' : `most ${bounds.most.value}`,
    everythingAt === undefined ? '' : 'everything',
    batch === undefined ? '' : `by ${number(batch.value)}`,
    pause === undefined ? '' : `every ${pause.value}s`,
    lasts === 'until-reversed' ? '' : lasts,
    seconds === 0 ? '' : `${seconds}s`,
    action.unguarded === undefined ? '' : `unguarded by ${action.unguarded.value}`,
    maybe === undefined ? '' : `maybe: ${maybe.why}`,
    action.mayBeEmpty === undefined ? '' : `unless ${action.mayBeEmpty.text} is empty`,
    obstacle === undefined ? '' : `? ${obstacle.why}`,
  ]
    .filter((word) => word !== '')
    .join(' ');
}

/** The places that findings about the actions could stand on. */
export function placesOf(actions: readonly Action[]): readonly Span[] {
  const spans = actions.flatMap(({ target, amount, bounds, batch, pause, everythingAt, obstacle, unguarded }) =>
    obstacle === undefined
      ? [
          ...target.terms,
          ...[amount, bounds?.least, bounds?.most, batch, pause, unguarded],
          everythingAt && { span: everythingAt },
        ].flatMap((item) => item?.span ?? [])
      : [obstacle.span],
  );
  const distinct = [...new Map(spans.map((span) => [`${span.start} ${span.end}`, span])).values()];
  return distinct.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Reads the script without its markers; the actions must be these, and stand on the marked places. */
export function reads(source: string, expected: readonly string[], values: Values = {}): void {
  const { text } = marked(source);
  const { actions } = read(text, values);
  const told = actions.filter(({ mentions }) => mentions === undefined);
  assert.deepEqual(told.map(inWords), expected);
  assert.equal(mark(text, placesOf(told)), source);
}

/** What is offered at the cursor: the items, the role, and the text with the replaced stretch marked. */
export function offers(source: string): { items: readonly string[]; role: string | undefined; replaces: string } {
  const { text, cursor } = marked(source);
  const script = scriptOf(text);
  assert.ok(cursor !== undefined);
  const found = completionAt(script, cursor - script.span.start, table, new Map());
  assert.ok(found, 'nothing is offered');
  const label = ({ label }: CompletionItem) => label;
  return { items: found.items.map(label), role: found.role, replaces: around(text, found.replace) };
}

function around(text: string, { start, end }: Span): string {
  return `${text.slice(0, start)}⟦${text.slice(start, end)}⟧${text.slice(end)}`;
}
