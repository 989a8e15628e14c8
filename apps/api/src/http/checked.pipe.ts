import { StandardSchemaValidationPipe } from '@nestjs/common';
import { Refusal, type Refused } from '@ceasewatch/domain/refusal';
import { refusedOfIssue } from '@ceasewatch/domain/shape-refusal';
import type { z } from 'zod';

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

/** Nobody reads more of them, and a hostile body could be wrong in ten thousand places. */
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

/** The schemas beside the routes are zod's, and Standard Schema hands their issues on as they are. */
function refused(issue: Issue): Refused {
  if (isZodIssue(issue)) return refusedOfIssue(issue);
  return { reason: 'not_valid', params: { said: issue.message.slice(0, 300) } };
}

function isZodIssue(issue: Issue): issue is Issue & z.core.$ZodIssue {
  return 'code' in issue && typeof issue.code === 'string' && Array.isArray(issue.path);
}
