import type { Action } from '../../commands/action.ts';
import type { ListedStep } from '../rule.ts';
import { list } from '../telling/words.ts';

/** Whether the action puts back what the other one takes out: by the step's id, or on the same target. */
export function undoes({ effect, restores, target }: Action, removal: Action, id: string | undefined): boolean {
  if (effect !== 'restore') return false;
  if (restores !== undefined) return restores.value === id;
  return targetText(target) === targetText(removal.target);
}

function targetText({ terms }: Action['target']): string {
  return terms.map(({ text }) => text).join();
}

/** A step that puts back what another takes out. */
interface Undoing {
  /** `take-out`, `web1 and web2`. */
  readonly name: string;
  /** As YAML, on one line; undefined where nobody knows how. */
  readonly line: string | undefined;
}

/** By the id of the step; else by the command that takes it back, or the target. */
export function undoingOf({ step: { id }, actions }: ListedStep): Undoing {
  const own = actions.filter(({ effect }) => effect === 'remove' || effect === 'scale-to');
  const [action, another] = own;
  const name = id?.value ?? list([...new Set(own.flatMap(({ target }) => target.terms.map(({ text }) => text)))]);
  if (id?.value !== undefined) return { name, line: `restore: ${id.value}` };
  if (action === undefined || another !== undefined || action.loop !== undefined) return { name, line: undefined };
  if (action.command !== undefined) {
    const { undo } = action.command;
    return { name, line: undo === undefined || undo.includes('<') ? undefined : `run: ${scalar(undo)}` };
  }
  const { terms } = action.target;
  const isPlain = terms.every(({ role }) => role !== 'selector') && action.effect === 'remove';
  if (!isPlain || new Set(terms.map(({ role }) => role)).size < terms.length) return { name, line: undefined };
  return { name, line: `restore: { ${terms.map(({ role, text }) => `${role}: ${scalar(text)}`).join(', ')} }` };
}

/** Quoted where it might be read as something else. */
function scalar(text: string): string {
  return /^[\w./][\w./ -]*$/.test(text) ? text : JSON.stringify(text);
}
