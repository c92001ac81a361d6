import { StandardSchemaValidationPipe } from '@nestjs/common';
import { CodedError } from '../coded-error.js';

type Issues = Parameters<
  NonNullable<NonNullable<ConstructorParameters<typeof StandardSchemaValidationPipe>[0]>['exceptionFactory']>
>[0];

/** Refuses values that don't fit their schema: `invalid-request` with every field at fault, `body-missing` where nothing came. */
export class ValidationPipe extends StandardSchemaValidationPipe {
  override async validate<Value>(...[value, ...rest]: Parameters<StandardSchemaValidationPipe['validate']>) {
    const result = await super.validate<Value>(value, ...rest);
    if (result.issues) throw unfit(value, result.issues);
    return result;
  }
}

/** The error for a body that its schema refused. */
export function unfit(body: unknown, issues: Issues): CodedError {
  return body === undefined ? new CodedError('body-missing', 'Send a body in JSON.') : invalidRequest(issues);
}

/** The error for a value that does not fit, with `errors: [{field, message}]`. */
export function invalidRequest(issues: Issues): CodedError {
  const errors = issues.map(({ path, message }) => ({
    field: (path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
    message,
  }));
  const detail = errors.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join('; ');
  return new CodedError('invalid-request', detail, { errors });
}
