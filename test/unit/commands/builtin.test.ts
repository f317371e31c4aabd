import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { withBuiltinTools } from '../../../server/src/commands/builtin.ts';
import { completionAt } from '../../../server/src/commands/complete/complete.ts';
import { compileTools, verbOf } from '../../../server/src/commands/table.ts';
import { readCommandsFile } from '../../../server/src/model/commands-file.ts';
import { checkSchema } from '../../../server/src/model/schema/check.ts';
import { parseYaml } from '../../../server/src/syntax/parse.ts';
import { inWords, read, scriptOf, tableOf } from './support.ts';

const folder = new URL('../../../server/src/commands/builtin/', import.meta.url);

describe('the built-in tools', () => {
  for (const name of readdirSync(folder).sort()) {
    const { root, problems } = parseYaml(readFileSync(new URL(name, folder), 'utf8'));

    it(`are declared without a mistake: ${name}`, () => {
      assert.deepEqual(problems, []);
      assert.deepEqual(checkSchema('commands', root), []);
      const messages = compileTools(readCommandsFile(root).tools).problems.map(({ message }) => message);
      assert.deepEqual(messages, []);
    });

    it(`are all in the table: ${name}`, () => {
      const table = withBuiltinTools(compileTools([]).table);
      for (const { tool, aliases, usages } of readCommandsFile(root).tools) {
        for (const leaf of [tool, ...aliases]) {
          assert.equal(table.usagesOf(leaf.value ?? '')?.length, usages.length, leaf.value);
          assert.ok(table.names.includes(leaf.value ?? ''));
        }
      }
    });
  }

  it('give way to what a user declares for the same tool and verb, under each of its names', () => {
    const own = '- { tool: kubectl, usages: [{ usage: "cordon <hosts...>", effect: remove }] }';
    const table = withBuiltinTools(tableOf(own));
    for (const name of ['kubectl', 'k']) {
      const cordons = table.usagesOf(name)?.filter((usage) => verbOf(usage) === 'cordon');
      assert.deepEqual(
        cordons?.map(({ usage, strict }) => [usage.effect?.value, strict]),
        [['remove', true]],
      );
      assert.ok(table.usagesOf(name)?.some((usage) => verbOf(usage) === 'uncordon' && !usage.strict));
    }
    const { actions } = read('run: k cordon node-1 && k uncordon node-1', {}, table);
    assert.deepEqual(actions.map(inWords), ['remove hosts:node-1', 'restore hosts:node-1']);
  });

  it('take parameters as other commands do', () => {
    const table = withBuiltinTools(compileTools([]).table);
    const line = 'run: "kubectl scale deploy/{{ pool }} --replicas={{ size }}"';
    const { actions } = read(line, { pool: 'web', size: '9' }, table);
    assert.deepEqual(actions.map(inWords), ['scale-to target:web 9']);
    const open = read(line, { pool: 'web' }, table);
    assert.deepEqual(open.actions.map(inWords), ['scale-to target:web ? `{{ size }}` has no value']);
  });

  it('are offered word by word', () => {
    const table = withBuiltinTools(compileTools([]).table);
    const offered = (text: string) => {
      const script = scriptOf(`run: "${text}"`);
      const found = completionAt(script, script.value.length, table, new Map());
      return { labels: found?.items.map(({ label }) => label) ?? [], role: found?.role };
    };
    assert.ok(offered('kub').labels.includes('kubectl'));
    assert.ok(offered('kubectl ').labels.includes('drain'));
    assert.ok(offered('kubectl rollout ').labels.includes('restart'));
    assert.ok(offered('kubectl drain node-1 --').labels.includes('--ignore-daemonsets'));
    assert.equal(offered('kubectl drain ').role, 'hosts');
    assert.equal(offered('kubectl delete pod ').role, 'pod');
    assert.equal(offered('kubectl scale deploy web --replicas=').role, 'count');
    assert.deepEqual(offered('az vmss scale -n '), { labels: [], role: 'target' });
    assert.equal(offered('aws ec2 stop-instances --instance-ids ').role, 'hosts');
  });

  it('stand beside the tools of a user', () => {
    const table = withBuiltinTools(tableOf('- { tool: s3ctl, aliases: [s3], usages: [{ usage: up, effect: none }] }'));
    assert.equal(table.declares('s3'), true);
    assert.equal(table.declares('kubectl'), true);
    assert.equal(table.declares('nothing'), false);
    assert.equal(table.usagesOf('nothing'), undefined);
    assert.equal(table.usagesOf('s3')?.length, 1);
  });
});
