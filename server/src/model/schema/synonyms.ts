import type { Node } from '../../syntax/tree.ts';
import type { Nearest } from '../nearest.ts';

/** Words that people write for a key, and the keys that they may mean; which of them is meant depends on what may stand there. */
const meanings: Readonly<Record<string, readonly string[]>> = {
  title: ['runbook', 'fleet'],
  name: ['runbook', 'fleet'],
  tasks: ['steps'],
  procedure: ['steps'],
  params: ['parameters'],
  variables: ['parameters'],
  vars: ['parameters'],
  inputs: ['parameters'],
  env: ['environment'],
  services: ['subsystems'],
  components: ['subsystems'],
  pools: ['groups'],
  command: ['run'],
  cmd: ['run'],
  shell: ['run'],
  bash: ['run'],
  script: ['run'],
  exec: ['run'],
  wait: ['pause'],
  sleep: ['wait', 'pause'],
  waitFor: ['wait'],
  pause: ['wait'],
  delay: ['wait', 'pause'],
  drain: ['remove'],
  stop: ['remove'],
  delete: ['remove'],
  terminate: ['remove'],
  start: ['restore'],
  undrain: ['restore'],
  bringBack: ['restore'],
  reboot: ['restart'],
  bounce: ['restart'],
  resize: ['scale'],
  verify: ['check'],
  assert: ['check'],
  ask: ['manual'],
  approval: ['manual'],
  confirm: ['manual'],
  instruction: ['manual'],
  instructions: ['manual'],
  note: ['manual'],
  todo: ['manual'],
  loop: ['repeat'],
  if: ['when'],
  condition: ['when'],
  duration: ['takes'],
  min: ['minimum', 'atLeast'],
  minimum: ['atLeast'],
  max: ['maximum'],
  required: ['minimum'],
  size: ['capacity', 'count', 'to'],
  total: ['capacity', 'count'],
  replicas: ['to', 'count', 'capacity'],
  instances: ['to', 'count', 'hosts', 'capacity'],
  pods: ['to', 'count', 'hosts', 'capacity'],
  machines: ['to', 'count', 'hosts', 'capacity'],
  count: ['to', 'times', 'capacity'],
  iterations: ['times'],
  rounds: ['times'],
  number: ['count'],
  amount: ['count'],
  quantity: ['count'],
  percent: ['count'],
  percentage: ['count'],
  servers: ['to', 'count', 'hosts', 'capacity'],
  host: ['hosts'],
  server: ['hosts'],
  machine: ['hosts'],
  instance: ['hosts'],
  nodes: ['to', 'count', 'hosts', 'capacity'],
  node: ['hosts'],
  service: ['subsystem', 'serves'],
  component: ['subsystem'],
  pool: ['group'],
  deployment: ['group'],
  asg: ['group'],
  az: ['zone'],
  availabilityZone: ['zone'],
  selector: ['labels'],
  tags: ['labels'],
  requires: ['dependsOn'],
  depends: ['dependsOn'],
  dependencies: ['dependsOn'],
  batchSize: ['batch'],
  batchsize: ['batch'],
  serial: ['batch'],
  parallel: ['batch'],
  parallelism: ['batch'],
  concurrency: ['batch'],
  forks: ['batch'],
  atOnce: ['batch'],
  maxUnavailable: ['batch'],
  cooldown: ['pause', 'wait'],
  hostnames: ['hosts'],
  members: ['hosts'],
  interval: ['pause'],
  minAvailable: ['minimum'],
  minReplicas: ['minimum'],
  minHealthy: ['minimum'],
  minPerZone: ['minimumPerZone'],
  tolerates: ['survives'],
  threshold: ['minimum'],
  floor: ['minimum'],
  atLeast: ['minimum'],
  subsystems: ['serves'],
  values: ['enum'],
  choices: ['enum'],
  options: ['enum'],
};

/** Words that people write for one of the values that a key may have. */
const values: Readonly<Record<string, readonly string[]>> = {
  warn: ['warning'],
  info: ['information'],
  notice: ['information'],
  critical: ['error'],
  fatal: ['error'],
  disable: ['off'],
  disabled: ['off'],
  ignore: ['off'],
  none: ['off'],
  false: ['off'],
  '0': ['off'],
  drain: ['remove'],
  delete: ['remove'],
  stop: ['remove'],
  terminate: ['remove'],
  start: ['restore'],
  undrain: ['restore'],
  reboot: ['restart'],
  bounce: ['restart'],
  scale: ['scale-to'],
  resize: ['scale-to'],
  cordon: ['block'],
  uncordon: ['unblock'],
};

/** What a value may have been meant for, although it is spelled otherwise; never certain. */
export function valueSynonym(value: string, allowed: readonly string[]): Nearest | undefined {
  const word = value.toLowerCase();
  const name = (Object.hasOwn(values, word) ? values[word] : undefined)?.find((one) => allowed.includes(one));
  return name === undefined ? undefined : { name, certain: false };
}

/**
 * What an unknown key may have been meant for, although it is spelled otherwise; never certain.
 * `nodes: 3` says how many, and `nodes: web[1-3]` says which.
 */
export function synonym(key: string, value: Node | undefined, keys: readonly string[]): Nearest | undefined {
  const word = key.replace(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase());
  // `required: true` asks for a value, and says nothing of how many.
  if (value?.kind === 'scalar' && /^(?:true|false|yes|no)$/i.test(value.value)) return undefined;
  const named = Object.hasOwn(meanings, word) ? meanings[word] : undefined;
  const possible = named?.filter((one) => keys.includes(one)) ?? [];
  const isName = value !== undefined && !(value.kind === 'scalar' && /^\s*(?:\d|all\s*$)/.test(value.value));
  const name = (isName ? possible.find((one) => one === 'hosts') : undefined) ?? possible[0];
  return name === undefined ? undefined : { name, certain: false };
}
