import type { SurveyNode } from '@chat-server/supervision';
import { type ActorRow, rowsOf } from './actor-row';
import { type Changes, changesBetween } from './changes';

type Rows = ReadonlyMap<string, ActorRow>;

/** The tree in one piece. */
export interface TreeView {
  readonly atMs: number;
  readonly actors: readonly ActorRow[];
}

/** What has changed in the tree. */
export interface TreeChanges extends Changes<ActorRow> {
  readonly atMs: number;
}

/** Children that are listed of one supervisor; of more, the most notable. */
const listedMax = 20;
const rowsMax = 500;
const everyMs = 500;
/** A look at the tree may take this part of a core, and not more: 1.4 %. */
const restFactor = 70;
const restMaxMs = 5_000;
const none: Rows = new Map();

/**
 * The tree as those who watch it have it. It is looked at at most twice a second, however many
 * watch, and less often where a look takes long.
 */
export class WatchedTree {
  #told: Rows = none;
  #toldAtMs = 0;
  #latest: Rows = none;
  #latestAtMs = -Infinity;
  #restMs = everyMs;

  constructor(
    private readonly survey: (listedMax: number) => SurveyNode | undefined,
    private readonly now: () => number,
    private readonly stopwatch: () => number,
  ) {}

  /** The tree, from a moment ago at the most. */
  view(): TreeView {
    this.#look();
    return { atMs: this.#latestAtMs, actors: [...this.#latest.values()] };
  }

  /** Begins a telling: what the first watcher is told, and later ones, with the changes after it. */
  begin(): TreeView {
    this.#look();
    this.#tell();
    return this.told();
  }

  /** What all watchers have. */
  told(): TreeView {
    return { atMs: this.#toldAtMs, actors: [...this.#told.values()] };
  }

  /** What has changed since watchers were told last; undefined where nothing has. */
  changes(): TreeChanges | undefined {
    this.#look();
    const changes = changesBetween(this.#told, this.#latest);
    this.#tell();
    return changes && { atMs: this.#toldAtMs, ...changes };
  }

  #tell(): void {
    this.#told = this.#latest;
    this.#toldAtMs = this.#latestAtMs;
  }

  #look(): void {
    const now = this.now();
    // A timer that is a little early is not to cost a look.
    if (now - this.#latestAtMs < this.#restMs - 50) return;
    const beganAtMs = this.stopwatch();
    const survey = this.survey(listedMax);
    this.#latest = survey === undefined ? none : rowsOf(survey, rowsMax);
    this.#latestAtMs = now;
    const tookMs = this.stopwatch() - beganAtMs;
    this.#restMs = Math.min(restMaxMs, Math.max(everyMs, tookMs * restFactor));
  }
}
