import type { Action, CommandReading } from '../action.ts';
import type { Timed } from './together.ts';

/**
 * A service that was stopped on a host is started there by its restart, so that the host is back and goes once more: `nodetool drain && systemctl restart cassandra`.
 * Only what acts on the host that it runs on: a host that a load balancer drained stays drained, whatever is restarted on it.
 */
export function revived(actions: readonly Action[]): readonly Action[] {
  if (!actions.some(({ effect }) => effect === 'restart') || !actions.some(stops)) return actions;
  const stopped = new Set<string>();
  return actions.flatMap((action) => {
    const key = hostsOf(action);
    if (stops(action)) stopped.add(key);
    else if (action.effect === 'restore') stopped.delete(key);
    else if (action.effect === 'restart' && isOfService(action) && stopped.delete(key))
      return [{ ...action, effect: 'restore', batch: undefined, takes: undefined }, action];
    return action;
  });
}

/**
 * A host that is started anew starts its services too, so that its reboot brings back what `systemctl stop` took out:
 * not where the script keeps one of them from that, and not what a load balancer holds out.
 */
export function rebooted(timed: readonly Timed[], commands: readonly CommandReading[]): readonly Timed[] {
  if (commands.some(({ words }) => words.some(({ value = '' }) => /^(?:disable|mask|off)$/.test(value)))) return timed;
  const stopped = new Map<string, boolean>();
  return timed.map((one) => {
    const { action } = one;
    const key = hostsOf(action);
    if (action.effect === 'remove') stopped.set(key, stopped.get(key) !== false && isStop(action));
    else if (action.effect === 'restore') stopped.delete(key);
    else if (action.effect === 'restart' && reboots(action) && stopped.get(key)) {
      stopped.delete(key);
      return { ...one, action: { ...action, effect: 'restore', batch: undefined, takes: undefined } };
    }
    return one;
  });
}

function isStop(action: Action): boolean {
  const { tool, usage } = action.command ?? {};
  return (
    action.maybe === undefined &&
    stops(action) &&
    /^(?:systemctl|service)$/.test(tool ?? '') &&
    / stop$|^stop /.test(usage?.usage.value ?? '')
  );
}

function reboots({ command, obstacle }: Action): boolean {
  return obstacle === undefined && /^[^<]*(?:<_>[^<]*)*reboot/.test(command?.usage?.usage.value ?? '');
}

function stops(action: Action): boolean {
  return action.effect === 'remove' && action.lasts === 'until-reversed' && isOfService(action);
}

/** It names a service or nothing, and the host is the one that it is carried to, or where the service is spoken to: `nodetool -h cass1 drain`. */
function isOfService({ command, target, amount, obstacle }: Action): boolean {
  const usage = command?.usage?.usage.value?.replace(/-h(?:\|--host)? <hosts>/, '');
  return (
    usage !== undefined &&
    !/<(?!_)|reboot|kexec/.test(usage) &&
    amount === undefined &&
    obstacle === undefined &&
    target.terms.length > 0
  );
}

function hostsOf({ target }: Action): string {
  return target.terms.map(({ text }) => text).join();
}
