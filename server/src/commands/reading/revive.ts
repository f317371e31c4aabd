import type { Action, CommandReading } from '../action.ts';
import type { Timed } from './together.ts';

/**
 * A service that was stopped on a host is started there by its restart, so that the host is back and goes once more: `nodetool drain && systemctl restart cassandra`.
 * Only what acts on the host that it runs on: a host that a load balancer drained stays drained, whatever is started or restarted on it.
 */
export function revived(actions: readonly Action[]): readonly Action[] {
  const isRestarted = actions.some(({ effect }) => effect === 'restart') && actions.some(stops);
  if (!isRestarted && !actions.some(holds)) return actions;
  const [stopped, held] = [new Set<string>(), new Set<string>()];
  return actions.flatMap((action) => {
    const { effect } = action;
    const key = hostsOf(action);
    const isLocal = isOfService(action) && !ofTraffic.test(action.command?.tool ?? '');
    if (holds(action)) held.add(key);
    else if (held.has(key) && isLocal) return effect === 'restore' ? [] : action;
    else if (stops(action)) stopped.add(key);
    else if (effect === 'restart' && isOfService(action) && stopped.delete(key))
      return [{ ...action, effect: 'restore', batch: undefined, takes: undefined }, action];
    if (effect === 'restore') for (const keys of [stopped, held]) keys.delete(key);
    return action;
  });
}

/** They keep traffic away from a host, and bring it back: what is done to its services meanwhile does not. */
const ofTraffic = /^(?:set|disable|enable|tmsh|ipvsadm|varnishadm|consul|kubectl|oc|aws|gcloud|az|mv|touch|rm)$/;

function holds({ effect, lasts, maybe, obstacle, command }: Action): boolean {
  const isCertain = maybe === undefined && obstacle === undefined && lasts === 'until-reversed';
  // A server whose data was removed may be set up anew.
  return effect === 'remove' && isCertain && ofTraffic.test(command?.tool ?? '') && command?.tool !== 'rm';
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
  return obstacle === undefined && /\b(?:reboot|cycle|reset)\b/.test(command?.usage?.usage.value ?? '');
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
