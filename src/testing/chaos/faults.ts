// The faults of a run, spread over its progress: processes die, the broker restarts, hangs and dies.
import { sleep } from '../brokers/wait-until.ts';
import type { ChaosBroker } from './chaos-broker.ts';
import type { Fleet, Member } from './fleet.ts';
import type { Random } from './random.ts';

/** What kinds of fault there are. */
type Fault = 'kill-processes' | 'restart-broker' | 'kill-broker';

/** How many of each. */
export interface FaultPlan {
  /** Each kills several processes at once. */
  readonly killings: number;
  readonly brokerRestarts: number;
  readonly brokerDeaths: number;
}

/** What was done. */
export interface FaultReport {
  readonly killedProcesses: number;
  readonly brokerRestarts: number;
  readonly brokerDeaths: number;
}

/** Where faults strike, and when. */
export interface FaultSetup {
  readonly plan: FaultPlan;
  readonly fleet: Fleet;
  readonly broker: ChaosBroker;
  readonly random: Random;
  /** Orders whose saga is to end. */
  readonly orders: number;
  readonly ended: () => number;
  /** Lets customers place so many of the orders. */
  readonly release: (orders: number) => void;
  readonly tell: (line: string) => void;
}

const killedAtOnce = 3;
const pauseMs = 500;
/** A fault comes no later after the one before, whatever the progress: lost messages must not keep the rest away. */
const patienceMs = 20_000;

/** The broker hangs for longer: by then nothing that was committed gets its confirmation. */
const intoHangMs = 500;
/** So long before each fault there is new work: it is to meet orders in every state, not a shop at rest. */
const leadMs = 300;

/** Picks the sequence of faults: a broker's first fault never comes before a process's. */
function sequence(plan: FaultPlan, random: Random): readonly Fault[] {
  const faults: Fault[] = [
    ...Array.from({ length: plan.killings }, () => 'kill-processes' as const),
    ...Array.from(
      { length: plan.brokerRestarts },
      () => 'restart-broker' as const,
    ),
    ...Array.from({ length: plan.brokerDeaths }, () => 'kill-broker' as const),
  ];
  for (let at = faults.length - 1; at > 0; at -= 1) {
    const other = random.integer(at + 1);
    const [one, two] = [faults[at], faults[other]];
    if (one === undefined || two === undefined) continue;
    faults[at] = two;
    faults[other] = one;
  }
  return faults;
}

/** Carries the faults out; resolves when all are over and everything runs again. */
export async function injectFaults(setup: FaultSetup): Promise<FaultReport> {
  const { plan, random, broker, fleet, tell } = setup;
  const faults = sequence(plan, random);
  let killedProcesses = 0;
  // Each fault has a part of the orders to strike, and the last part comes with the last fault.
  const part = setup.orders / (faults.length + 1);
  setup.release(Math.ceil(part));
  for (const [at, fault] of faults.entries()) {
    await turnOf(part * 0.9 * (at + 0.5), at, setup);
    setup.release(Math.ceil(part * (at + 1.5)));
    await sleep(leadMs);
    // The other half comes in while the fault lasts.
    setup.release(Math.ceil(part * (at + 2)));
    const progress = `${String(setup.ended())} of ${String(setup.orders)} ended`;
    if (fault === 'kill-processes') {
      const names = await killSome(fleet, random);
      killedProcesses += names.length;
      tell(`${progress}: killed ${names.join(', ')}`);
    } else if (fault === 'restart-broker') {
      tell(`${progress}: the broker restarts`);
      await broker.restart();
    } else {
      // As when a node is lost: what a process has committed and not yet published dies with it.
      const [names] = await Promise.all([
        sleep(intoHangMs).then(async () => killOneOfEach(fleet, random)),
        broker.hangAndDie(),
      ]);
      killedProcesses += names.length;
      tell(
        `${progress}: the broker hung and died, ${names.join(', ')} with it`,
      );
    }
  }
  await fleet.ready();
  return {
    killedProcesses,
    brokerRestarts: plan.brokerRestarts,
    brokerDeaths: plan.brokerDeaths,
  };
}

async function turnOf(
  wanted: number,
  at: number,
  setup: FaultSetup,
): Promise<void> {
  const earliest = performance.now() + setup.broker.restAfterDeathMs * 0.5;
  const deadline =
    performance.now() + patienceMs + setup.broker.restAfterDeathMs;
  while (
    performance.now() < deadline &&
    (setup.ended() < wanted || performance.now() < (at > 0 ? earliest : 0))
  )
    await sleep(50);
}

async function killSome(
  fleet: Fleet,
  random: Random,
): Promise<readonly string[]> {
  const victims = new Set(
    Array.from({ length: killedAtOnce }, () => random.pick(fleet.members)),
  );
  return kill([...victims], fleet, random);
}

/** Kills one copy of each service, whichever. */
async function killOneOfEach(
  fleet: Fleet,
  random: Random,
): Promise<readonly string[]> {
  const services = new Set(fleet.members.map(({ service }) => service));
  const victims = [...services].map((name) =>
    random.pick(fleet.members.filter(({ service }) => service === name)),
  );
  return kill(victims, fleet, random);
}

async function kill(
  victims: readonly Member[],
  fleet: Fleet,
  random: Random,
): Promise<readonly string[]> {
  await Promise.all(
    victims.map((victim) => fleet.kill(victim, random.integer(pauseMs))),
  );
  return victims.map(({ name }) => name);
}
