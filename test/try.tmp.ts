import { parseYaml } from '../server/src/syntax/parse.ts';
const make: Record<string, (n: number) => string> = {
 flow: (n) => 'runbook: x\na: ' + '{'.repeat(n),
 closed: (n) => 'a: ' + '['.repeat(n) + ']'.repeat(n),
 dashes: (n) => '- '.repeat(n) + 'x',
 marks: (n) => '? '.repeat(n) + 'x',
 maps: (n) => Array.from({ length: n }, (_, i) => ' '.repeat(i) + 'a:\n').join(''),
};
const [kind = 'flow', n = '1000'] = process.argv.slice(2);
const t = performance.now();
const p = parseYaml(make[kind]!(Number(n)));
console.log(kind, n, Math.round(performance.now() - t), p.problems.length, p.problems[0]?.message);
