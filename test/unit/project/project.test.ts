import assert from 'node:assert/strict';
import type { Analysis, RunbookAnalysis } from '../../../server/src/lint/analysis.ts';
import { noWishes } from '../../../server/src/project/editor-wishes.ts';
import { createProject, type Project, type ProjectOptions } from '../../../server/src/project/project.ts';
import { at, type MemoryFiles, memoryFiles } from '../../support/memory-files.ts';

const fleet = 'fleet: demo\nsubsystems:\n  billing: { capacity: 12, minimum: 8 }\n';
const strict = fleet.replace('minimum: 8', 'minimum: 11');
const runbook = 'runbook: Debug\nsteps:\n  - remove: { subsystem: billing, count: 2 }\n    permanent: true\n';
const runbookOn = (path: string) => runbook.replace('steps', `fleet: ${path}\nsteps`);

const book = at('ops/x.runbook.yaml');

function projectOf(files: MemoryFiles | Parameters<typeof memoryFiles>[0], options?: ProjectOptions): Project {
  return createProject(
    'read' in (files ?? {}) ? (files as MemoryFiles) : memoryFiles(files as Record<string, string>),
    options,
  );
}

async function analysed(project: Project, uri = book): Promise<RunbookAnalysis> {
  const analysis = await project.analyse(uri);
  assert.equal(analysis?.kind, 'runbook');
  return analysis;
}

function rulesIn(analysis: Analysis | undefined): readonly string[] {
  return analysis?.findings.map(({ rule }) => rule) ?? [];
}

function message(analysis: Analysis | undefined, rule: string): string {
  return analysis?.findings.find((finding) => finding.rule === rule)?.message ?? '';
}

describe('project', () => {
  describe('finds the fleet of a runbook', () => {
    it('beside it', async () => {
      const analysis = await analysed(projectOf({ 'ops/x.runbook.yaml': runbook, 'ops/a.fleet.yaml': fleet }));
      assert.equal(analysis.runs[0]?.fleet.uri, at('ops/a.fleet.yaml'));
      assert.deepEqual(rulesIn(analysis), []);
    });

    it('in the nearest folder up the tree that has any', async () => {
      const files = { 'ops/x.runbook.yaml': runbook, 'a.fleet.yaml': fleet };
      assert.equal((await analysed(projectOf(files))).runs.length, 1);
    });

    it('not in a folder further up where a nearer one has several', async () => {
      const files = {
        'ops/x.runbook.yaml': runbook,
        'ops/a.fleet.yaml': fleet,
        'ops/b.fleet.yaml': fleet,
        'c.fleet.yaml': fleet,
      };
      const analysis = await analysed(projectOf(files));
      assert.equal(analysis.runs.length, 0);
      assert.match(message(analysis, 'no-fleet'), /`a\.fleet\.yaml` and `b\.fleet\.yaml`/);
    });

    it('and says so once where there is none', async () => {
      assert.deepEqual(rulesIn(await analysed(projectOf({ 'ops/x.runbook.yaml': runbook }))), ['no-fleet']);
    });

    it('in a bare fleet.yaml, if that is one', async () => {
      const files = { 'ops/x.runbook.yaml': runbook, 'ops/fleet.yaml': 'namespace: default\n', 'fleet.yaml': fleet };
      assert.equal((await analysed(projectOf(files))).runs[0]?.fleet.uri, at('fleet.yaml'));
    });

    it('at the path that it names', async () => {
      const files = { 'ops/x.runbook.yaml': runbookOn('../fleets/my fleet.yaml'), 'fleets/my fleet.yaml': fleet };
      assert.equal((await analysed(projectOf(files))).runs[0]?.fleet.uri, at('fleets/my fleet.yaml'));
    });

    it('at each path of a list, each once', async () => {
      const files = {
        'ops/x.runbook.yaml': runbookOn('[a.fleet.yaml, ./b.fleet.yaml, ./a.fleet.yaml]'),
        'ops/a.fleet.yaml': fleet,
        'ops/b.fleet.yaml': strict,
      };
      const analysis = await analysed(projectOf(files));
      assert.deepEqual(
        analysis.runs.map((run) => run.fleet.uri),
        [at('ops/a.fleet.yaml'), at('ops/b.fleet.yaml')],
      );
      assert.deepEqual(rulesIn(analysis), ['below-minimum']);
    });

    it('where the user has chosen one for all', async () => {
      const files = { 'ops/x.runbook.yaml': runbookOn('./none.fleet.yaml'), 'else/prod.yaml': strict };
      const analysis = await analysed(projectOf(files, { fleet: 'file:///else/prod.yaml' }));
      assert.deepEqual(rulesIn(analysis), ['below-minimum']);
    });
  });

  it('offers the fleet to which a path leads from another folder, or with other slashes', async () => {
    const told = async (path: string) => {
      const files = { 'ops/x.runbook.yaml': runbookOn(path), 'fleets/prod.fleet.yaml': fleet };
      return (await analysed(projectOf(files))).findings.find(({ rule }) => rule === 'unknown-name')?.message ?? '';
    };
    assert.match(await told('fleets/prod.fleet.yaml'), /the folder of this file: did you mean `\.\.\/fleets\/prod/);
    assert.match(await told('..\\fleets\\prod.fleet.yaml'), /written with `\/`: did you mean `\.\.\/fleets\/prod/);
  });

  describe('says why a path leads to no fleet', () => {
    const cases: readonly (readonly [string, string, RegExp])[] = [
      ['missing', './b.fleet.yaml', /there is no such file.*Did you mean `\.\/a\.fleet\.yaml`/],
      ['a folder', '../ops', /it is a folder/],
      ['the runbook itself', './x.runbook.yaml', /it is the runbook itself/],
      ['another runbook', './y.runbook.yaml', /it is not a fleet but a runbook/],
      ['not a fleet', './notes.yaml', /it is not a fleet/],
      ['not text', './blob.fleet.yaml', /it is not text in UTF-8/],
      ['empty', "''", /the path is empty|expects|fleet/],
    ];
    for (const [name, path, expected] of cases) {
      it(name, async () => {
        const analysis = await analysed(
          projectOf({
            'ops/x.runbook.yaml': runbookOn(path),
            'ops/y.runbook.yaml': runbook,
            'ops/a.fleet.yaml': fleet,
            'ops/notes.yaml': 'notes: []\n',
            'ops/blob.fleet.yaml': null,
          }),
        );
        assert.equal(analysis.runs.length, 0);
        assert.match(analysis.findings.map((finding) => finding.message).join('\n'), expected);
        assert.equal(analysis.findings.length, 1, JSON.stringify(analysis.findings));
      });
    }

    it('of commands files too', async () => {
      const analysis = await projectOf({
        'ops/a.fleet.yaml': `${fleet}commandFiles: [./tols.commands.yaml, ./a.fleet.yaml]\n`,
        'ops/tools.commands.yaml': 'commands: []\n',
      }).analyse(at('ops/a.fleet.yaml'));
      const said = analysis?.findings.map((finding) => finding.message).join('\n') ?? '';
      assert.match(said, /there is no such file/);
      assert.match(said, /it is the fleet itself/);
    });
  });

  it('reads commands files of the fleet, and checks them on their own', async () => {
    const tools =
      'commands:\n  - tool: s3ctl\n    usages:\n      - { usage: "remove <subsystem> <count>", effect: remove }\n';
    const project = projectOf({
      'ops/x.runbook.yaml': 'runbook: Debug\nsteps:\n  - run: s3ctl remove billing 5\n    permanent: true\n',
      'ops/a.fleet.yaml': `${fleet}commandFiles: [./tools.yaml]\n`,
      'ops/tools.yaml': tools,
    });
    assert.deepEqual(rulesIn(await analysed(project)), ['below-minimum']);
    assert.equal((await project.analyse(at('ops/tools.yaml')))?.kind, 'commands');
    assert.deepEqual(project.dependents(at('ops/tools.yaml')), [book]);
  });

  describe('severities', () => {
    const files = {
      'ops/x.runbook.yaml': runbook,
      'ops/a.fleet.yaml': strict,
      '.runbook-lint.yaml': 'rules: { below-minimum: hint }\n',
    };
    const severity = async (project: Project) => (await analysed(project)).findings[0]?.severity;

    it('come from the nearest configuration', async () => {
      assert.equal(await severity(projectOf(files)), 'hint');
      const nearer = { ...files, 'ops/.runbook-lint.yaml': 'rules: { below-minimum: warning }\n' };
      assert.equal(await severity(projectOf(nearer)), 'warning');
      const short = { ...files, 'ops/.runbook-lint.yml': 'rules: { below-minimum: warning }\n' };
      assert.equal(await severity(projectOf(short)), 'warning');
    });

    it('of the command line win over it, those of the editor do not', async () => {
      assert.equal(
        await severity(projectOf(files, { rules: new Map([['below-minimum', 'information']]) })),
        'information',
      );
      const project = projectOf(files);
      project.useEditor(() => ({ ...noWishes, rules: new Map([['below-minimum', 'error']]) }));
      assert.equal(await severity(project), 'hint');
    });

    it('of the editor hold where nothing else speaks, from the moment they are known', async () => {
      const project = projectOf({ 'ops/x.runbook.yaml': runbook, 'ops/a.fleet.yaml': strict });
      assert.equal(await severity(project), 'error');
      project.useEditor((uri) => ({ ...noWishes, rules: new Map(uri === book ? [['below-minimum', 'warning']] : []) }));
      assert.equal(await severity(project), 'warning');
    });
  });

  describe('remembers', () => {
    const files = () => memoryFiles({ 'ops/x.runbook.yaml': runbook, 'ops/a.fleet.yaml': fleet });

    it('the analysis while nothing changes', async () => {
      const project = projectOf(files());
      const first = await analysed(project);
      assert.equal(await project.analyse(book), first);
      assert.equal(project.analyseNow(book), first);
      assert.equal(project.peek(book), first);
    });

    it('the analysis where a change makes no difference to it', async () => {
      const disk = files();
      const project = projectOf(disk);
      const first = await analysed(project);
      disk.write(at('ops/notes.txt'), 'hello');
      project.changedOnDisk([at('ops/notes.txt')]);
      assert.equal(await project.analyse(book), first);
    });

    it('files: an edit in an open runbook asks for none', async () => {
      const disk = files();
      const project = projectOf(disk);
      project.open(book, runbook);
      await analysed(project);
      const before = { ...disk.asked };
      project.change(book, runbook.replace('count: 2', 'count: 5'));
      assert.deepEqual(rulesIn(project.analyseNow(book)), ['below-minimum']);
      assert.deepEqual(disk.asked, before);
    });

    it('nothing of a file that changes while it is read', async () => {
      const disk = files();
      const project = projectOf(disk);
      project.open(book, runbookOn('a.fleet.yaml'));
      await analysed(project);
      project.changedOnDisk([at('ops/a.fleet.yaml')]);
      let release = () => {};
      disk.holdUntil(new Promise<void>((resolve) => (release = resolve)));
      const pending = project.analyse(book);
      disk.write(at('ops/a.fleet.yaml'), strict);
      project.changedOnDisk([at('ops/a.fleet.yaml')]);
      release();
      assert.deepEqual(rulesIn(await pending), ['below-minimum']);
    });
  });

  describe('notices', () => {
    it('an edit in the open fleet', async () => {
      const project = projectOf({ 'ops/x.runbook.yaml': runbook, 'ops/a.fleet.yaml': fleet });
      project.open(book, runbook);
      project.open(at('ops/a.fleet.yaml'), fleet);
      assert.deepEqual(rulesIn(await project.analyse(book)), []);
      assert.deepEqual(project.dependents(at('ops/a.fleet.yaml')), [book]);
      project.change(at('ops/a.fleet.yaml'), strict);
      assert.deepEqual(rulesIn(project.analyseNow(book)), ['below-minimum']);
      project.close(at('ops/a.fleet.yaml'));
      assert.equal(project.analyseNow(book), undefined);
      assert.deepEqual(rulesIn(await project.analyse(book)), []);
    });

    it('a fleet that comes, changes and goes on disk', async () => {
      const disk = memoryFiles({ 'ops/x.runbook.yaml': runbook });
      const project = projectOf(disk);
      const uri = at('ops/a.fleet.yaml');
      const tell = async () => {
        assert.deepEqual(project.neighbours(uri), [book]);
        project.changedOnDisk([uri]);
        return rulesIn(await project.analyse(book));
      };
      assert.deepEqual(rulesIn(await project.analyse(book)), ['no-fleet']);
      disk.write(uri, fleet);
      assert.deepEqual(await tell(), []);
      disk.write(uri, strict);
      assert.deepEqual(await tell(), ['below-minimum']);
      disk.remove(uri);
      assert.deepEqual(await tell(), ['no-fleet']);
    });

    it('a fleet that is open and not saved yet', async () => {
      const project = projectOf({ 'ops/x.runbook.yaml': runbook });
      project.open(at('ops/new.fleet.yaml'), strict);
      assert.deepEqual(rulesIn(await project.analyse(book)), ['below-minimum']);
    });

    it('that the head names another fleet now', async () => {
      const project = projectOf({ 'ops/a.fleet.yaml': fleet, 'ops/b.fleet.yaml': strict });
      project.open(book, runbookOn('a.fleet.yaml'));
      assert.deepEqual(rulesIn(await project.analyse(book)), []);
      project.change(book, runbookOn('b.fleet.yaml'));
      assert.equal(project.analyseNow(book), undefined);
      project.change(book, `${runbookOn('b.fleet.yaml')}\n`);
      assert.equal(project.analyseNow(book), undefined);
      assert.deepEqual(rulesIn(await project.analyse(book)), ['below-minimum']);
    });

    it('a configuration that comes', async () => {
      const disk = memoryFiles({ 'ops/x.runbook.yaml': runbook, 'ops/a.fleet.yaml': strict });
      const project = projectOf(disk);
      await project.analyse(book);
      disk.write(at('.runbook-lint.yaml'), 'rules: { below-minimum: off }\n');
      assert.deepEqual(project.dependents(at('.runbook-lint.yaml')), [book]);
      project.changedOnDisk([at('.runbook-lint.yaml')]);
      assert.deepEqual(rulesIn(await project.analyse(book)), []);
    });

    it('that a file has become one of another kind', async () => {
      const project = projectOf({});
      const uri = at('ops/some.yaml');
      project.open(uri, runbook);
      assert.equal((await project.analyse(uri))?.kind, 'runbook');
      project.change(uri, fleet);
      assert.equal((await project.analyse(uri))?.kind, 'fleet');
      assert.equal(project.peek(uri)?.kind, 'fleet');
      project.change(uri, 'hello: world\n');
      assert.equal(await project.analyse(uri), undefined);
    });
  });

  it('knows a file by any spelling of its URI', async () => {
    const project = projectOf({ 'C:/ops/a.fleet.yaml': strict });
    project.open('file:///C%3A/ops/x.runbook.yaml', runbook);
    assert.deepEqual(rulesIn(await project.analyse('file:///c:/ops/x.runbook.yaml')), ['below-minimum']);
  });

  it('leaves alone what is none of ours, and what is not there', async () => {
    const project = projectOf({ 'ops/notes.yaml': 'a: b\n' });
    assert.equal(await project.analyse(at('ops/notes.yaml')), undefined);
    assert.equal(await project.analyse(at('ops/none.runbook.yaml')), undefined);
    assert.equal(await project.analyse('not a uri at all'), undefined);
  });

  it('checks an unsaved runbook, which is in no folder', async () => {
    const project = projectOf({});
    project.open('untitled:Untitled-1', runbook);
    assert.deepEqual(rulesIn(await project.analyse('untitled:Untitled-1')), ['no-fleet']);
    project.change('untitled:Untitled-1', runbookOn('./a.fleet.yaml'));
    assert.match(message(await project.analyse('untitled:Untitled-1'), 'unknown-name'), /save it first/);
  });
});
