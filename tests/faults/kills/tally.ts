/** What a run has killed, and what it found afterwards. */
export const scenarios = ['sign-in', 'setup', 'restore', 'send', 'receive'] as const;
export type Scenario = (typeof scenarios)[number];

export type Loss =
  | 'key lost'
  | 'message lost'
  | 'message doubled'
  | 'integrity'
  /** The app did not start as it does after quitting, or did not go on where it had been. */
  | 'restart';

export interface Finding {
  readonly loss: Loss;
  readonly scenario: Scenario;
  /** The how-manieth kill of the scenario. */
  readonly step: number;
  readonly detail: string;
  /** Where the profile lies as the kill left it, or null. */
  readonly kept: string | null;
}

export class Tally {
  readonly findings: Finding[] = [];
  /** Messages whose key the partner sent to nobody: none that could be read. */
  unshared = 0;
  readonly #kills = new Map<Scenario, number>();
  readonly #checked = new Map<Scenario, { keys: number; messages: number }>();
  readonly #ms = new Map<Scenario, number>();

  /** @returns the number of this kill within its scenario, from 1 */
  killed(scenario: Scenario): number {
    const step = this.kills(scenario) + 1;
    this.#kills.set(scenario, step);
    return step;
  }

  checked(scenario: Scenario, what: { readonly keys?: number; readonly messages?: number }): void {
    const before = this.checks(scenario);
    this.#checked.set(scenario, {
      keys: before.keys + (what.keys ?? 0),
      messages: before.messages + (what.messages ?? 0),
    });
  }

  spent(scenario: Scenario, ms: number): void {
    this.#ms.set(scenario, this.ms(scenario) + ms);
  }

  kills(scenario: Scenario): number {
    return this.#kills.get(scenario) ?? 0;
  }

  checks(scenario: Scenario): { readonly keys: number; readonly messages: number } {
    return this.#checked.get(scenario) ?? { keys: 0, messages: 0 };
  }

  ms(scenario: Scenario): number {
    return this.#ms.get(scenario) ?? 0;
  }

  get allKills(): number {
    return scenarios.reduce((sum, scenario) => sum + this.kills(scenario), 0);
  }

  count(loss: Loss, scenario?: Scenario): number {
    return this.findings.filter(
      (finding) => finding.loss === loss && (scenario ?? finding.scenario) === finding.scenario,
    ).length;
  }
}
