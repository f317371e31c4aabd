import 'mocha/mocha.js';

/** One line that the runner outside reads; everything else on the console is for people. */
function tell(result: { title: string; ms?: number; error?: string }): void {
  console.log(`@@e2e ${JSON.stringify(result)}`);
}

/**
 * What an extension host calls to run the tests: every suite of this folder, in mocha, its browser build on both hosts.
 * Rejects where a test has failed.
 */
export async function run(): Promise<void> {
  // Not the instance that the build puts up: its `run` asks the page's address for options, and Node has no page.
  const instance = new Mocha({ reporter: Mocha.reporters.Base, timeout: 30_000 });
  instance.suite.emit('pre-require', globalThis, '', instance);
  await import('./suites.ts');
  const failures = await new Promise<number>((done) => {
    const runner = instance.run(done);
    runner.on('pass', (test) => tell({ title: test.fullTitle(), ms: test.duration ?? 0 }));
    runner.on('fail', (test, error) => tell({ title: test.fullTitle(), error: String(error?.stack ?? error) }));
  });
  if (failures > 0) throw new Error(`${failures} failed`);
}
