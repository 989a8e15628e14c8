/** Says on standard error what the read model met: the log is whole, and what is read from it may be behind. */
export function tellOfFailure(failure: unknown, state: string): void {
  const line = {
    time: new Date().toISOString(),
    level: 'error',
    readModel: state,
    error: failure instanceof Error ? (failure.stack ?? failure.message) : String(failure),
  };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}
