/** What is managed, from all that the organisation has set: one value for each setting. */
import type { z } from 'zod';
import type {
  ManagedName,
  ManagedSetting,
  OrganisationPolicy,
  PolicyLock,
  PolicyProblem,
} from '../../preload/model/policy';
import { managedNames, managedSettings, type ManagedValue } from './managed-settings';
import type { PolicyReading } from './policy-source';

export interface Managed<Value> {
  readonly value: Value;
  /** `mandatory`: the person has no choice. */
  readonly level: 'mandatory' | 'recommended' | 'default';
}

/** Every setting with the value that holds as far as the organisation is concerned. */
export type ManagedPolicy = {
  readonly [Name in ManagedName]: Managed<ManagedValue<Name>>;
};

const shownLength = 120;

/** Nothing is managed. */
export const unmanaged: ManagedPolicy = judge({ layers: [], problems: [] }).policy;

/**
 * Mandatory goes before recommended, a later file before an earlier one, and anything before the
 * default. A mandatory value that is not valid gives way to the strictest one, for that setting
 * alone; where a whole file can't be relied on, for all that no other file makes mandatory: what
 * the administrator has asked for is unknown then, which is not the same as nothing.
 *
 * @param unreliable whether there is such a file
 */
export function judge(
  reading: PolicyReading,
  unreliable = reading.problems.length > 0,
): { readonly policy: ManagedPolicy; readonly told: OrganisationPolicy } {
  const settings: ManagedSetting[] = [];
  const entries = managedNames.map((name) => {
    const set = lastSet(reading, name);
    if (set !== null) settings.push(shown(name, set));
    return [name, valueOf(name, set, unreliable)] as const;
  });
  const policy = Object.fromEntries(entries) as ManagedPolicy;
  return {
    policy,
    told: {
      settings,
      helpDesk: policy.helpDesk.value,
      problems: [...reading.problems, ...unknownSettings(reading)],
      phraseStrength: policy.minimumPhraseStrength.value,
      locks: locksOf(policy),
    },
  };
}

function locksOf({ appPassphraseAllowed, onlyVerifiedDevices }: ManagedPolicy): PolicyLock[] {
  return [
    ...(appPassphraseAllowed.value ? [] : (['appPassphrase'] as const)),
    ...(onlyVerifiedDevices.level === 'mandatory' ? (['onlyVerifiedDevices'] as const) : []),
  ];
}

interface Set {
  readonly level: 'mandatory' | 'recommended';
  readonly raw: unknown;
  readonly from: string;
  readonly parsed: z.ZodSafeParseResult<unknown>;
}

function lastSet({ layers }: PolicyReading, name: ManagedName): Set | null {
  for (const level of ['mandatory', 'recommended'] as const) {
    const layer = layers.findLast((candidate) => Object.hasOwn(candidate[level], name));
    if (layer === undefined) continue;
    const raw = layer[level][name];
    return { level, raw, from: layer.from, parsed: managedSettings[name].type.safeParse(raw) };
  }
  return null;
}

function valueOf(name: ManagedName, set: Set | null, unreliable: boolean): Managed<unknown> {
  const { strictest, default: ours } = managedSettings[name];
  if (set?.level === 'mandatory') {
    return { value: set.parsed.success ? set.parsed.data : strictest, level: 'mandatory' };
  }
  if (unreliable) return { value: strictest, level: 'mandatory' };
  if (set?.parsed.success === true) return { value: set.parsed.data, level: 'recommended' };
  return { value: ours, level: 'default' };
}

function shown(name: ManagedName, { level, raw, from, parsed }: Set): ManagedSetting {
  const text = JSON.stringify(raw);
  return {
    name,
    sentence: managedSettings[name].sentence,
    value: text.length > shownLength ? `${text.slice(0, shownLength - 1)}…` : text,
    level,
    from,
    malformed: !parsed.success,
  };
}

function unknownSettings({ layers }: PolicyReading): PolicyProblem[] {
  return layers.flatMap(({ from, mandatory, recommended }) =>
    [...Object.keys(mandatory), ...Object.keys(recommended)]
      .filter((name) => !Object.hasOwn(managedSettings, name))
      .map((name) => ({ from, reason: 'unknown_setting' as const, name })),
  );
}
