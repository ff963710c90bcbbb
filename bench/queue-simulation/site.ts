/** What a tile costs on its way, measured on the real queue (costs.json); 0 where left out. */
export interface QueueCosts {
  /** Redis's thread, a tile: its job put, taken, finished, told, looked at, removed; evenly before, at and after the work. */
  readonly redisTileS?: number;
  /** And for each byte that comes or goes. */
  readonly redisByteS?: number;
  /** And for each waiting job that moves up when one of its daemon has ended. */
  readonly redisRankS?: number;
  /** What daemon and worker themselves add to a tile's time: half before the work, half after it. */
  readonly aroundS?: number;
  /** Of an answer, which goes in and out. */
  readonly answerBytes?: number;
}

/** A microscope with its daemon, or a daemon with an archive. */
export interface Microscope {
  /** When its tiles are there, ascending. */
  readonly arrivalsS: Iterable<number>;
  /** For how long a process has its n-th tile in hand. */
  serviceS(tile: number): number;
  readonly tileBytes: number;
  /** Tiles in the queue at once; the rest wait in its store. */
  readonly window: number;
  readonly isArchive?: boolean;
}

export interface Site {
  readonly microscopes: readonly Microscope[];
  /** Processes that segment, on each computer of workers. */
  readonly workers: readonly number[];
  /** Tiles that such a computer takes beside those in its processes' hands. */
  readonly aheadPerComputer: number;
  readonly costs: QueueCosts;
  /** Bytes a second, in each direction. */
  readonly links: { readonly redis: number; readonly microscope: number; readonly worker: number };
}

/** A microscope's tiles: how long each took from its arrival to its result, or has waited until the end. */
export interface Served {
  readonly answeredS: readonly number[];
  readonly unansweredS: readonly number[];
}

export interface Outcome {
  readonly served: readonly Served[];
  /** When the last answer came. */
  readonly lastAnswerS: number;
  readonly workersBusy: number;
  readonly redisBusy: number;
  readonly redisInBusy: number;
  readonly redisOutBusy: number;
  /** In Redis without a worker. */
  readonly waiting: { readonly mean: number; readonly most: number };
  /** In daemons' stores, outside their windows. */
  readonly stored: { readonly mean: number; readonly most: number };
  readonly redisBytes: { readonly mean: number; readonly most: number };
  readonly bytesPerS: { readonly in: number; readonly out: number };
}
