import Mocha from 'mocha';

/** Dots while it runs, what failed in full, then a line of each failure and the one that test/run.mjs adds up. */
export default class Reporter extends Mocha.reporters.Dot {
  constructor(runner, options) {
    super(runner, options);
    const failed = [];
    runner.on(Mocha.Runner.constants.EVENT_TEST_FAIL, (test, { message = '' }) => {
      failed.push(`not ok - ${test.fullTitle()}: ${message.slice(0, 4000).replaceAll(/\s*\n\s*/g, ' ⏎ ')}`);
    });
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      for (const line of failed) console.log(line);
      console.log(`${this.stats.passes} passed, ${this.stats.failures} failed`);
    });
  }
}
