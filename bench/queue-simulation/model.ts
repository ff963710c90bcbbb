import { type Clock, createClock } from './clock.ts';
import { createLine, type Line } from './line.ts';
import type { Microscope, Outcome, Site } from './site.ts';
import { createLevel } from './tallies.ts';
import { createWaitingJobs } from './waiting-jobs.ts';

/** Ranks of archive work begin behind the last of any window, as in src/queue. */
const BEHIND_ALL = 1000;
/** A job is put, taken, ended. */
const STAGES = 3;

interface Daemon {
  readonly microscope: Microscope;
  readonly link: Line;
  /** Arrived and not in the queue yet: from `next` on. */
  readonly arrivedS: number[];
  next: number;
  /** The oldest first. */
  readonly flights: Flight[];
  readonly answeredS: number[];
}

interface Flight {
  readonly daemon: Daemon;
  readonly tile: number;
  isWaiting: boolean;
}

interface Computer {
  readonly link: Line;
  readonly atHand: Flight[];
  freeProcesses: number;
  freePlaces: number;
}

/** Lets a site work for so long, beginning with nothing on its way. */
export function simulate(site: Site, untilS: number): Outcome {
  const clock = createClock();
  const { links } = site;
  const { redisTileS = 0, redisByteS = 0, redisRankS = 0, aroundS = 0, answerBytes = 0 } = site.costs;
  const stageS = redisTileS / STAGES;
  const redis = createLine(clock);
  const redisIn = createLine(clock);
  const redisOut = createLine(clock);
  const waiting = createWaitingJobs<Flight>();
  const levels = levelsOf(clock);
  const bytes = { in: 0, out: 0 };
  let lastAnswerS = 0;
  const daemons = site.microscopes.map(
    (microscope): Daemon => ({
      microscope,
      link: createLine(clock),
      ...{ arrivedS: [], next: 0, flights: [], answeredS: [] },
    }),
  );
  const ready = site.workers.map(
    (processes): Computer => ({
      ...{ link: createLine(clock), atHand: [] },
      ...{ freeProcesses: processes, freePlaces: processes + site.aheadPerComputer },
    }),
  );

  /** Both ends of a transfer are held for its bytes; then Redis has had them in hand. */
  function transfer(size: number, isIn: boolean, end: Line, endPerS: number, then: () => void): void {
    bytes[isIn ? 'in' : 'out'] += size;
    const card = isIn ? redisIn : redisOut;
    const throughS = Math.max(card.throughAt(size / links.redis), end.throughAt(size / endPerS));
    clock.at(throughS, () => redisDoes(redisByteS * size, then));
  }

  function redisDoes(takesS: number, then: () => void): void {
    clock.at(redis.throughAt(takesS), then);
  }

  function stage(then: () => void): void {
    redisDoes(stageS, then);
  }

  function expect(daemon: Daemon, arrivals: Iterator<number>): void {
    const next = arrivals.next();
    if (next.done) return;
    clock.at(next.value, () => {
      daemon.arrivedS.push(clock.nowS);
      levels.stored.add(1);
      fly(daemon);
      expect(daemon, arrivals);
    });
  }

  function fly(daemon: Daemon): void {
    const { window, tileBytes } = daemon.microscope;
    while (daemon.flights.length < window && daemon.next < daemon.arrivedS.length) {
      const tile = daemon.next++;
      levels.stored.add(-1);
      const flight: Flight = { daemon, tile, isWaiting: false };
      daemon.flights.push(flight);
      clock.at(clock.nowS + aroundS / 2, () =>
        transfer(tileBytes, true, daemon.link, links.microscope, () => {
          levels.redisBytes.add(tileBytes);
          stage(() => put(flight));
        }),
      );
    }
  }

  function put(flight: Flight): void {
    flight.isWaiting = true;
    levels.waiting.add(1);
    waiting.rank(flight, rankOf(flight));
    dispatch();
  }

  /** To whoever has waited longest for a tile. */
  function dispatch(): void {
    while (waiting.size > 0 && ready.length > 0) {
      const computer = ready.shift()!;
      const flight = waiting.take()!;
      flight.isWaiting = false;
      levels.waiting.add(-1);
      computer.freePlaces -= 1;
      stage(() => {
        askForMore(computer);
        const { tileBytes } = flight.daemon.microscope;
        transfer(tileBytes, false, computer.link, links.worker, () => {
          computer.atHand.push(flight);
          work(computer);
        });
      });
    }
  }

  function askForMore(computer: Computer): void {
    if (computer.freePlaces > 0 && !ready.includes(computer)) ready.push(computer);
    dispatch();
  }

  function work(computer: Computer): void {
    while (computer.freeProcesses > 0) {
      const flight = computer.atHand.shift();
      if (!flight) return;
      computer.freeProcesses -= 1;
      levels.working.add(1);
      clock.at(clock.nowS + flight.daemon.microscope.serviceS(flight.tile), () => {
        computer.freeProcesses += 1;
        levels.working.add(-1);
        work(computer);
        answer(computer, flight);
      });
    }
  }

  function answer(computer: Computer, flight: Flight): void {
    const { daemon } = flight;
    transfer(answerBytes, true, computer.link, links.worker, () => {
      levels.redisBytes.add(answerBytes);
      stage(() => {
        computer.freePlaces += 1;
        askForMore(computer);
        transfer(answerBytes, false, daemon.link, links.microscope, () =>
          clock.at(clock.nowS + aroundS / 2, () => end(flight)),
        );
      });
    });
  }

  function end(flight: Flight): void {
    const { daemon } = flight;
    levels.redisBytes.add(-daemon.microscope.tileBytes - answerBytes);
    daemon.flights.splice(daemon.flights.indexOf(flight), 1);
    daemon.answeredS.push(clock.nowS - daemon.arrivedS[flight.tile]!);
    lastAnswerS = clock.nowS;
    const movingUp = daemon.flights.filter(({ isWaiting }) => isWaiting);
    if (movingUp.length > 0)
      redisDoes(redisRankS * movingUp.length, () => {
        for (const other of movingUp) if (other.isWaiting) waiting.rank(other, rankOf(other));
      });
    fly(daemon);
  }

  for (const daemon of daemons) expect(daemon, daemon.microscope.arrivalsS[Symbol.iterator]());
  clock.runUntil(untilS);
  const processes = site.workers.reduce((sum, each) => sum + each, 0);
  return {
    served: daemons.map(({ answeredS, arrivedS, next, flights }) => ({
      answeredS,
      unansweredS: [...flights.map(({ tile }) => arrivedS[tile]!), ...arrivedS.slice(next)].map(
        (sinceS) => untilS - sinceS,
      ),
    })),
    lastAnswerS,
    workersBusy: levels.working.mean / processes,
    redisBusy: Math.min(1, redis.busyS / untilS),
    redisInBusy: Math.min(1, redisIn.busyS / untilS),
    redisOutBusy: Math.min(1, redisOut.busyS / untilS),
    waiting: { mean: levels.waiting.mean, most: levels.waiting.most },
    stored: { mean: levels.stored.mean, most: levels.stored.most },
    redisBytes: { mean: levels.redisBytes.mean, most: levels.redisBytes.most },
    bytesPerS: { in: bytes.in / untilS, out: bytes.out / untilS },
  };
}

/** Its place among its daemon's own, 1 for the oldest. */
function rankOf(flight: Flight): number {
  const { flights, microscope } = flight.daemon;
  return (microscope.isArchive ? BEHIND_ALL : 0) + flights.indexOf(flight) + 1;
}

function levelsOf(clock: Clock) {
  return {
    ...{ stored: createLevel(clock), waiting: createLevel(clock) },
    ...{ working: createLevel(clock), redisBytes: createLevel(clock) },
  };
}
