/** The organisation's policy while the app runs: read at the start, and looked at again and again. */
import { dirname } from 'node:path';
import type { ManagedName, OrganisationPolicy } from '../../preload/model/policy';
import { HoldfastError } from '../holdfast-error';
import { ValueSource } from '../topics/value-source';
import { judge, type ManagedPolicy } from './managed-policy';
import type { PolicyReading, PolicySource } from './policy-source';

/** Milliseconds. */
const lookEveryMs = 60_000;

export class Organisation {
  readonly policy: ValueSource<ManagedPolicy>;
  /** What the window shows of it. */
  readonly told: ValueSource<OrganisationPolicy>;
  readonly #source: PolicySource;
  #last: PolicyReading;

  private constructor(source: PolicySource, reading: PolicyReading) {
    this.#source = source;
    this.#last = reading;
    const { policy, told } = judge(reading);
    this.policy = new ValueSource(policy);
    this.told = new ValueSource(told);
  }

  /** Reads the policy before anything it could forbid has happened; then looks every minute. */
  static async open(source: PolicySource): Promise<Organisation> {
    const organisation = new Organisation(source, await source.read());
    setInterval(() => void organisation.lookAgain(), lookEveryMs).unref();
    return organisation;
  }

  /** A file that was read before and can't be relied on now goes on as it was. */
  async lookAgain(): Promise<void> {
    const reading = await this.#source.read();
    const lost = new Set(reading.problems.map(({ from }) => from));
    const kept = this.#last.layers.filter(({ from }) => lost.has(from) || lost.has(dirname(from)));
    const layers = [...kept, ...reading.layers].sort((one, other) =>
      one.from < other.from ? -1 : 1,
    );
    const stillKnown = new Set(kept.flatMap(({ from }) => [from, dirname(from)]));
    const unknown = reading.problems.some(({ from }) => !stillKnown.has(from));
    this.#last = { ...reading, layers };
    const { policy, told } = judge(this.#last, unknown);
    this.policy.set(policy);
    this.told.set(told);
  }

  /** @throws {HoldfastError} `policy_required` where the organisation has switched that off */
  requireAllowed(name: ManagedName & 'appPassphraseAllowed'): void {
    if (this.policy.value[name].value) return;
    throw new HoldfastError('policy_required', 'The organisation does not allow it');
  }
}
