// Runbooks and a fleet of any size: about eight lines a step, half typed commands, every removal taken back.
export function fleet(groups = 40) {
  const names = Array.from({ length: groups }, (_, i) => `pool-${i}`);
  return [
    'fleet: bench',
    'environment: production',
    'subsystems:',
    '  web: { minimum: 60% }',
    '  search: { minimum: 60%, dependsOn: [web] }',
    'groups:',
    ...names.map(
      (name, i) =>
        `  ${name}: { count: ${20 + (i % 5)}, serves: [web${i % 3 === 0 ? ', search' : ''}], zone: z${i % 3} }`,
    ),
    'commands:',
    '  - tool: poolctl',
    '    usages:',
    '      - usage: "remove --group <group> [-n|--count <count>]"',
    '        effect: remove',
    '        absent: all',
    '      - usage: "restore --group <group> [-n|--count <count>]"',
    '        effect: restore',
    '        absent: all',
    '',
  ].join('\n');
}

export function runbook(steps, groups = 40) {
  const lines = ['runbook: Roll every pool', 'fleet: ./bench.fleet.yaml', 'environment: production', 'steps:'];
  for (let i = 0; i < steps; i++) {
    const pool = `pool-${Math.floor(i / 2) % groups}`;
    lines.push(`  - name: Step ${i} looks after ${pool}`, `    id: step-${i}`, '    description: >-');
    lines.push(
      '      What is done here, and why it is safe to do so at any hour,',
      '      in words that take about two lines of text.',
    );
    if (i % 4 === 0) lines.push('    run: |', `      poolctl remove --group ${pool} --count 2`, '      sleep 60');
    else if (i % 4 === 1) lines.push(`    restore: { group: ${pool} }`, '');
    else if (i % 4 === 2) lines.push(`    remove: { group: ${pool}, count: 2 }`, '    takes: 5m');
    else lines.push('    run: |', `      poolctl restore --group ${pool}`, `      echo "${pool} is back"`);
  }
  return `${lines.join('\n')}\n`;
}
