// Writes jest's counters to the file named by CEASEWATCH_TALLY, for the one line that ends a test
// run. A file that does not load has no failed test but has failed, so it is counted as one.
import { writeFileSync } from 'node:fs';

export default class TallyReporter {
  onRunComplete(_contexts, results) {
    const files = results.testResults.map(({ testFilePath, perfStats }) => ({
      path: testFilePath,
      seconds: (perfStats.end - perfStats.start) / 1000,
    }));
    const passed = results.numPassedTests;
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    writeFileSync(process.env.CEASEWATCH_TALLY, JSON.stringify({ passed, failed, files }));
  }
}
