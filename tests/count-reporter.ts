import type { FullConfig, Reporter, Suite } from '@playwright/test/reporter';

/** Ends the report with one plain line, `N passed, N failed`, which .ci/run repeats as its last. */
export default class CountReporter implements Reporter {
  private suite: Suite | undefined;
  private errors = 0;

  onBegin(_config: FullConfig, suite: Suite) {
    this.suite = suite;
  }

  // An error outside any test (a file that does not load, a server that does not start) is a failure too.
  onError() {
    this.errors += 1;
  }

  onEnd() {
    const tests = this.suite?.allTests() ?? [];
    const ran = tests.filter((test) => test.outcome() !== 'skipped');
    const passed = ran.filter((test) => test.ok()).length;
    console.log(`${passed} passed, ${ran.length - passed + this.errors} failed`);
  }
}
