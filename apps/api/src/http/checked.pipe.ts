import { StandardSchemaValidationPipe } from '@nestjs/common';
import { Refusal, type Refused } from '@ceasewatch/domain/refusal';

/**
 * Checks bodies, parameters and query strings against the zod schema that stands beside them, and
 * refuses in the words of the domain: 422 `invalid` with field and reason. Path parameters that
 * cannot be an id are simply not found.
 */
type Issue = Parameters<
  NonNullable<
    NonNullable<ConstructorParameters<typeof StandardSchemaValidationPipe>[0]>['exceptionFactory']
  >
>[0][number];

const MOST_ISSUES = 50;

/** Names such as `__proto__` were refused with the body; walking it once more would find nothing. */
class CheckedPipe extends StandardSchemaValidationPipe {
  protected override stripProtoKeys(): void {
    return;
  }
}

export function checkedPipe(): StandardSchemaValidationPipe {
  return new CheckedPipe({
    exceptionFactory: (issues) => new Refusal('invalid', issues.slice(0, MOST_ISSUES).map(refused)),
  });
}

function refused(issue: Issue): Refused {
  const steps = (issue.path ?? []).map((step) =>
    String(typeof step === 'object' ? step.key : step),
  );
  const unknown = unrecognised(issue);
  const field = [...steps, ...(unknown === undefined ? [] : [unknown])].join('.').slice(0, 200);
  const reason = unknown === undefined ? reasonOf(issue) : 'unknown_field';
  return {
    ...(field === '' ? {} : { field }),
    reason,
    message: `${field === '' ? 'The request' : `\`${field}\``}: ${issue.message.slice(0, 300)}.`,
  };
}

/** zod names its issues; Standard Schema passes them on without promising to. */
function reasonOf(issue: Issue): string {
  const code = 'code' in issue && typeof issue.code === 'string' ? issue.code : 'not_valid';
  return code === 'custom' ? 'not_valid' : code;
}

function unrecognised(issue: Issue): string | undefined {
  if (!('code' in issue) || issue.code !== 'unrecognized_keys' || !('keys' in issue))
    return undefined;
  const { keys } = issue;
  return Array.isArray(keys) ? String(keys[0]) : undefined;
}
