import type { Effect } from '../../model/commands.ts';
import type { Match } from '../match/match.ts';

/** Files that say to a load balancer that a host may have traffic: `/var/www/health.html`, `/srv/lb-check`. */
const opening =
  /(?:^|\/)(?:[\w-]*[-_.])?(?:health(?:z|y|[-_]?check)?|lb[-_]?(?:check|status|alive)|alive|heartbeat|in[-_]rotation|readyz|livez)(?:\.(?:html?|txt|php|jsp|flag))?$/i;
/** Files that say that it may not: `/var/www/maintenance.html`. */
const closing =
  /(?:^|\/)(?:maintenance|maint|offline|out[-_]of[-_]rotation|drain(?:ed|ing)?)(?:[-_.](?:on|enabled?|flag|mode|html?|txt|lock))*$/i;
/** What the kubelet runs by itself for as long as its file lies there: the API server, etcd. */
const ofKubelet = /^\/etc\/kubernetes\/manifests\/(?:[^/]+\.(?:ya?ml|json))?$/;
/** Passenger starts an application anew where this file is touched. */
const ofPassenger = /(?:^|\/)tmp\/restart\.txt$/;
/** Nothing is served from there. */
const elsewhere = /^(?:\/tmp|\/var\/(?:tmp|log|backups?)|\/home|\/root|\/dev|~)(?:\/|$)/;

/**
 * What is done to the traffic of a host by taking the file away, or putting it there, by which a load balancer sees
 * whether the host is well: `mv /var/www/health /var/www/health.off`. Undefined where no such file is touched.
 */
export function trafficBy({ usage, bound }: Match, isCarried: boolean): Effect | undefined {
  const { tool, strict } = usage;
  if (strict) return undefined;
  const files = bound.flatMap(({ role, field: { value } }) => (role === '_' && value !== undefined ? [value] : []));
  // A file beside the operator is no server's, unless its whole path is named.
  const isServed = (file: string | undefined, form: RegExp) =>
    file !== undefined && form.test(file) && !elsewhere.test(file) && (isCarried || file.startsWith('/'));
  const [from, to] = [files[0], files.at(-1)];
  switch (tool.tool.value) {
    case 'mv':
      if (files.length !== 2) return undefined;
      if (isServed(from, ofKubelet) !== isServed(to, ofKubelet))
        return isServed(from, ofKubelet) ? 'remove' : 'restore';
      if (isServed(from, opening) || isServed(to, closing)) return 'remove';
      return isServed(to, opening) || isServed(from, closing) ? 'restore' : undefined;
    case 'rm':
      if (files.some((file) => isServed(file, opening))) return 'remove';
      return files.some((file) => isServed(file, closing)) ? 'restore' : undefined;
    case 'touch':
      if (files.some((file) => isServed(file, ofPassenger))) return 'restart';
      if (files.some((file) => isServed(file, closing))) return 'remove';
      return files.some((file) => isServed(file, opening)) ? 'restore' : undefined;
    // What is put into it decides.
    case 'tee':
      return files.some((file) => isServed(file, opening) || isServed(file, closing)) ? 'opaque' : undefined;
    default:
      return undefined;
  }
}
