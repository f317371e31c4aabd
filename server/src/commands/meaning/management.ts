/** Tools that speak to the management controller of a host, which has a name of its own in the network. */
const tools: ReadonlySet<string> = new Set(['ipmitool', 'ipmipower', 'powerman', 'racadm', 'redfishtool', 'ilorest']);

const kinds = 'ipmi|bmc|i?lo|ilom|i?drac|oob|mgmt|mgt|imm|xcc|cimc|lom|rac|rsa|rib|sp|con|console|lights-?out';
/** Behind the name, `web01-ipmi`, `web01.ilo`, `web01-idrac.example.com`, or before it, `bmc-web01`. */
const behind = new RegExp(`^([^.]*[^.-])[-_.](?:${kinds})(?=\\.|$)`, 'i');
const before = new RegExp(`^(?:${kinds})[-_.](?=.)`, 'i');

/** The name of the host whose controller is meant; the name as it is where it is no controller's. */
export function hostOfController(name: string, tool: string | undefined): string {
  return tool !== undefined && tools.has(tool) ? name.replace(behind, '$1').replace(before, '') : name;
}
