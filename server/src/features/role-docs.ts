/** What a role of a usage line takes a word for; shown in hover, completion and beside a command that is being typed. */
export const roleDocs: Readonly<Record<string, string>> = {
  subsystem: 'A subsystem of the fleet.',
  group: 'A group of the fleet, or one of its aliases.',
  hosts: 'Hosts, as a list or in node-set notation: `web[1-4,9]`.',
  zone: 'A zone of the fleet.',
  selector: 'Labels that servers have: `role=core`; a comma means and.',
  target: 'Any name that the fleet knows: a group, an alias, a subsystem, hosts, a zone.',
  count: 'A number of servers; for `scale-to` the new size.',
  percent: 'A percentage of the servers that are in service.',
  batch: 'How many servers go at once.',
  pause: 'How long to wait between batches.',
  environment: 'The environment that the command works on.',
  command: 'A command that is carried to the hosts; `<command...>` takes all words that follow.',
  least: "A group's lower bound; above the present size it scales up.",
  most: "A group's upper bound; below the present size it scales down.",
  _: 'A value that does not matter to capacity.',
};
