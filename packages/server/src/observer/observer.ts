import type { ActorInfo, Report, SurveyNode } from '@chat-server/supervision';
import { eventOf, type EventStream } from '../http/route';
import { type ActorRow, detailsOf, rowOf } from './actor-row';
import { Chart, type ChartView, type Reading } from './chart';
import { type ReportFilter, ReportJournal } from './report-journal';
import type { ReportRow } from './report-row';
import { type TreeView, WatchedTree } from './watched-tree';

/** Rooms and how many are in them; those that are not everyone's to know are only counted. */
export interface RoomsView {
  /** Largest first, a bounded number. */
  readonly rooms: readonly { readonly name: string; readonly size: number }[];
  /** How many public rooms there are, those that are not listed included. */
  readonly publicCount: number;
  readonly privateCount: number;
}

/** Which server it is, and how it is. */
export interface ServerView {
  readonly version: string;
  /** Its name among those that share a store. */
  readonly node: string;
  /** `ready`, or why nobody is to be sent to it. */
  readonly state: string;
}

/** How an action went. */
export type ActionOutcome = 'done' | 'not-found' | 'not-running' | 'not-allowed';

/** What is observed, and what can be done about it. */
export interface Observed {
  server(): ServerView;
  /** The tree; undefined while there is none yet. */
  survey(listedMax: number): SurveyNode | undefined;
  info(path: string): ActorInfo | undefined;
  search(text: string, countMax: number): readonly ActorInfo[];
  reading(): Reading;
  /** What can be counted at every look, for next to nothing. */
  counts(): Readonly<Record<string, number>>;
  /** Rejects with what is a bug, or answers what is known where it cannot be had. */
  rooms(): Promise<RoomsView>;
  /** Has an actor end and be started again. */
  restart(path: string): ActionOutcome;
  /** Ends a connection, by its number or by the path of its actor. */
  disconnect(connection: number | string): ActionOutcome;
  /** Told of each action: for the log. */
  onAction(action: Action): void;
}

/** Who did what. */
export interface Action {
  readonly action: 'restart' | 'disconnect';
  readonly target: string | number;
  readonly by: string;
  readonly outcome: ActionOutcome;
}

/** What this process has worked: a machine that others use too makes no look a dear one. */
function workedMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

interface Watcher {
  readonly stream: EventStream;
  readonly filter: ReportFilter;
}

const reportsKeptMax = 1_000;
/** Reports told at once; how many more there were is told too. */
const reportsAtOnceMax = 50;
const sampleEveryMs = 5_000;
const samplesMax = 720;
const searchedMax = 100;

/**
 * What operators see: the tree, reports, charts and rooms, as they are and as they change.
 *
 * It outlives the actor that has it look four times a second: who watches goes on watching. While nobody
 * does, it keeps reports and a sample each five seconds, and looks at nothing.
 */
export class Observer {
  readonly #watchers = new Set<Watcher>();
  readonly #tree: WatchedTree;
  readonly #journal: ReportJournal;
  readonly #chart = new Chart(sampleEveryMs, samplesMax);
  #reportsTold = 0;
  #rooms = '';
  #counts = '';

  constructor(
    private readonly observed: Observed,
    private readonly now: () => number = () => Date.now(),
    /** Milliseconds of work, of whichever origin, to measure by what a look costs. */
    stopwatch: () => number = workedMs,
  ) {
    this.#tree = new WatchedTree((listedMax) => observed.survey(listedMax), now, stopwatch);
    this.#journal = new ReportJournal(reportsKeptMax, now);
  }

  get isWatched(): boolean {
    return this.#watchers.size > 0;
  }

  /** Keeps what supervision reports. */
  report(report: Report): void {
    this.#journal.note(report);
  }

  /** Tells a stream all there is, and from then on what changes; answers how to stop. */
  watch(stream: EventStream, filter: ReportFilter): () => void {
    const watcher = { stream, filter };
    // So that who watches from the first second on knows what is sampled.
    if (this.#chart.isEmpty) this.#sample();
    const tree = this.isWatched ? this.#tree.told() : this.#tree.begin();
    if (!this.isWatched) this.#reportsTold = this.#journal.last;
    const reports = this.#journal
      .after(0, filter, reportsKeptMax)
      .filter(({ number }) => number <= this.#reportsTold)
      .slice(-reportsAtOnceMax);
    stream.send(eventOf('tree', tree));
    stream.send(eventOf('reports', { reports, skipped: 0 }));
    stream.send(eventOf('charts', this.#chart.view()));
    stream.send(eventOf('counts', this.observed.counts()));
    if (this.#rooms !== '') stream.send(this.#rooms);
    this.#watchers.add(watcher);
    return () => {
      this.#watchers.delete(watcher);
      // The next to watch is not shown rooms of long ago.
      if (!this.isWatched) this.#rooms = '';
    };
  }

  /** To be called a few times a second: tells those who watch what has changed. */
  tick(): void {
    if (this.#chart.isDue(this.now())) this.#tellAll(eventOf('sample', this.#sample()));
    if (!this.isWatched) return;
    const changes = this.#tree.changes();
    if (changes !== undefined) this.#tellAll(eventOf('changes', changes));
    this.#tellCounts();
    this.#tellReports();
  }

  /** Tells those who watch, where it is not what they were told last. */
  tellRooms(rooms: RoomsView): void {
    const event = eventOf('rooms', rooms);
    if (event === this.#rooms) return;
    this.#rooms = event;
    this.#tellAll(event);
  }

  server(): ServerView {
    return this.observed.server();
  }

  rooms(): Promise<RoomsView> {
    return this.observed.rooms();
  }

  tree(): TreeView {
    return this.#tree.view();
  }

  actor(path: string): (ActorRow & { readonly stack?: string }) | undefined {
    const info = this.observed.info(path);
    return info && detailsOf(info);
  }

  search(text: string, countMax: number): readonly ActorRow[] {
    return this.observed.search(text, Math.min(countMax, searchedMax)).map(rowOf);
  }

  /** The newest that pass, oldest first. */
  reports(filter: ReportFilter, countMax: number, after = 0): readonly ReportRow[] {
    return this.#journal.after(after, filter, Math.min(countMax, reportsKeptMax));
  }

  charts(countMax = samplesMax): ChartView {
    return this.#chart.view(countMax);
  }

  /** Does what an operator asked for, and keeps who did. */
  act(action: Action['action'], target: string | number, by: string): ActionOutcome {
    const outcome =
      action === 'disconnect'
        ? this.observed.disconnect(target)
        : this.observed.restart(String(target));
    this.observed.onAction({ action, target, by, outcome });
    this.#journal.noteAction(String(target), `${action} by ${by}: ${outcome}`);
    return outcome;
  }

  #sample(): readonly number[] {
    return this.#chart.add(this.now(), this.observed.reading());
  }

  #tellCounts(): void {
    const event = eventOf('counts', this.observed.counts());
    if (event === this.#counts) return;
    this.#counts = event;
    this.#tellAll(event);
  }

  #tellReports(): void {
    if (this.#journal.last === this.#reportsTold) return;
    for (const { stream, filter } of this.#watchers) {
      const all = this.#journal.after(this.#reportsTold, filter, reportsKeptMax);
      const reports = all.slice(-reportsAtOnceMax);
      if (reports.length === 0) continue;
      stream.send(eventOf('reports', { reports, skipped: all.length - reports.length }));
    }
    this.#reportsTold = this.#journal.last;
  }

  #tellAll(event: string): void {
    for (const { stream } of this.#watchers) stream.send(event);
  }
}
