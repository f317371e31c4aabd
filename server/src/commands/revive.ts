import type { Action } from './action.ts';

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
