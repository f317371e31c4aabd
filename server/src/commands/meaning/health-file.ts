import type { Effect } from '../../model/commands.ts';
import type { Match } from '../match/match.ts';
import type { Field } from '../shell/words/field.ts';

/** Files that say to a load balancer that a host may have traffic: `/var/www/health.html`, `/srv/lb-check`. */
const opening =
  /(?:^|\/)(?:[\w-]*[-_.])?(?:health(?:z|y|[-_]?check)?|lb[-_]?(?:check|status|alive)|alive|heartbeat|in[-_]rotation|readyz|livez)(?:\.(?:html?|txt|php|jsp|flag))?$/i;
/** Files that say that it may not: `/var/www/maintenance.html`. */
const closing =
  /(?:^|\/)(?:maintenance|maint|offline|out[-_]of[-_]rotation|drain(?:ed|ing)?)(?:[-_.](?:on|enabled?|flag|mode|html?|txt|lock))*$/i;
/** What the kubelet runs by itself for as long as its file lies there: the API server, etcd. */
const ofKubelet = /^\/etc\/kubernetes\/manifests(?:\/(?:[^/]+\.(?:ya?ml|json))?)?$/;
/** The same, named from that folder. */
const besideKubelet = /^(?:\.\/)?(?:etcd|kube-(?:apiserver|controller-manager|scheduler))\.ya?ml$/;
/** A site that a web server serves; that which it comes with serves nobody. */
const ofSite = /\/(?:sites-enabled|nginx\/conf\.d)\/(?!(?:\d+-)?default)[^/]+$/;
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
  const files = bound.flatMap(({ role, field }) => (role === '_' ? (nameIn(field) ?? []) : []));
  // A file beside the operator is no server's, unless its whole path is named.
  const isServed = (file: string | undefined, form: RegExp) =>
    file !== undefined && form.test(file) && !elsewhere.test(file) && (isCarried || file.startsWith('/'));
  const [from, to] = [files[0], files.at(-1)];
  switch (tool.tool.value) {
    case 'mv':
      if (isServed(from, ofKubelet) !== isServed(to, ofKubelet))
        return isServed(from, ofKubelet) ? 'remove' : 'restore';
      if (isServed(from, besideKubelet) && !isServed(to, ofKubelet)) return 'remove';
      if (isServed(from, ofSite)) return 'opaque';
      if (files.length !== 2) return undefined;
      if (isServed(from, opening) || isServed(to, closing)) return 'remove';
      return isServed(to, opening) || isServed(from, closing) ? 'restore' : undefined;
    case 'rm':
      // `rm -rf /*`
      if (bound.some(({ field }) => field.value === undefined && nameIn(field) === '/')) return 'remove';
      if (files.some((file) => isServed(file, opening) || isServed(file, ofKubelet))) return 'remove';
      if (files.some((file) => isServed(file, ofSite))) return 'opaque';
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

/** The name of a file, or the folder of which all that fits is meant: `/srv/` of `/srv/*.yaml`. */
function nameIn({ value, pieces: [first] }: Field): string | undefined {
  return value ?? (first?.text?.endsWith('/') ? first.text : undefined);
}
