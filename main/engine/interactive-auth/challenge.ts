/** @see https://spec.matrix.org/latest/client-server-api/#user-interactive-authentication-api */
import { MatrixError } from 'matrix-js-sdk';
import { z } from 'zod';

const shape = z.object({
  session: z.string().optional(),
  flows: z.array(z.object({ stages: z.array(z.string()) })),
  completed: z.array(z.string()).default([]),
  params: z.record(z.string(), z.unknown()).optional().catch(undefined),
  errcode: z.string().optional(),
});

/** What a server answers to a request that it takes only from the person themselves. */
export type Challenge = z.output<typeof shape>;

/** Null where the error is something else. */
export function challengeOf(error: unknown): Challenge | null {
  if (!(error instanceof MatrixError) || error.httpStatus !== 401) return null;
  return shape.safeParse(error.data).data ?? null;
}

export const passwordStage = 'm.login.password';
export const dummyStage = 'm.login.dummy';

/** The stages that may be done next, one of each flow; the shortest flow's first. */
export function nextStages({ flows, completed }: Challenge): readonly string[] {
  const left = flows
    .map(({ stages }) => stages.filter((stage) => !completed.includes(stage)))
    .filter((stages) => stages.length > 0)
    .sort((one, other) => one.length - other.length);
  return [...new Set(left.flatMap(([next]) => (next === undefined ? [] : [next])))];
}

const account = z.object({ url: z.string() });

/**
 * The page on which a stage is confirmed: the homeserver's own, or, where it leaves accounts to
 * another service (MSC4312), the one it names. Null for a server that gave no session.
 */
export function pageOf(challenge: Challenge, stage: string, homeserverUrl: string): string | null {
  const named = account.safeParse(challenge.params?.[stage]).data;
  if (named !== undefined && accountStages.has(stage)) return named.url;
  if (challenge.session === undefined) return null;
  const base = homeserverUrl.replace(/\/+$/, '');
  const path = `/_matrix/client/v3/auth/${encodeURIComponent(stage)}/fallback/web`;
  return `${base}${path}?session=${encodeURIComponent(challenge.session)}`;
}

const accountStages: ReadonlySet<string> = new Set(['m.oauth', 'org.matrix.cross_signing_reset']);
