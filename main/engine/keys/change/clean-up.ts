import { HTTPError } from 'matrix-js-sdk';
import { HoldfastError } from '../../../holdfast-error';
import type { OperationStep, StepParts } from './operation';
import type { Plan } from './plan';

/** Answers of a server that fails: with growing pauses between them, some two minutes. */
const patience = 8;

/**
 * A step that only cleans up. Everything new is whole by then: what a server, or something before it,
 * will not let be done, is left as it is and noted, so that the change comes to its end.
 *
 * @throws {HoldfastError} `changed_elsewhere`, or where this device may ask nothing any more
 */
export async function cleanUp<Changed extends Plan>(
  step: OperationStep<Changed>,
  plan: Changed,
  parts: StepParts,
): Promise<Changed> {
  for (let answers = 1; ;) {
    try {
      return await step.run(plan, parts);
    } catch (error) {
      const isAnswer = error instanceof HoldfastError && error.code === 'server_error';
      if (isAnswer && (isRefusal(error.cause) || answers === patience)) {
        return { ...plan, left: [...plan.left, step.name] };
      }
      if (isAnswer) answers += 1;
      await parts.retries.waitAfter(error);
    }
  }
}

/** By whomever: a proxy that knows no DELETE is no Matrix server, and as final as one. */
function isRefusal(cause: unknown): boolean {
  const status = cause instanceof HTTPError ? (cause.httpStatus ?? 0) : 0;
  return status >= 400 && status < 500 && !passing.has(status);
}

/** Who asks is to be known first; a timeout; too many requests. */
const passing: ReadonlySet<number> = new Set([401, 408, 429]);
