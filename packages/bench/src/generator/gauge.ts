import { readCpuSecondsOfAll } from '../processes/proc-files';
import { LatencyHistogram } from '../statistics/latency-histogram';
import { monotonicUs } from '../wire/monotonic-clock';

/** What one generator process measured between two moments. */
export interface MeasuredWindow {
  readonly seconds: number;
  readonly deliveries: number;
  /** Of all the servers' processes; none where there is no /proc, or where one of them has ended. */
  readonly serverCpuSeconds: number | undefined;
  readonly generatorCpuSeconds: number;
  /** Counts of a LatencyHistogram. */
  readonly latencies: Uint32Array;
}

/** Counts deliveries, and measures while a window is open. */
export class Gauge {
  deliveries = 0;
  measuring = false;
  latencies = new LatencyHistogram();
  #startUs = 0;
  #startCpu: number | undefined;
  #startOwnCpu = process.cpuUsage();

  /** Opens a window; `serverPids` are the processes whose CPU is charged. */
  open(serverPids: readonly number[]): void {
    this.deliveries = 0;
    this.latencies = new LatencyHistogram();
    this.measuring = true;
    this.#startCpu = readCpuSecondsOfAll(serverPids);
    this.#startOwnCpu = process.cpuUsage();
    this.#startUs = monotonicUs();
  }

  /** Closes the window. */
  close(serverPids: readonly number[]): MeasuredWindow {
    // Read here and not in the process that asks: a busy generator answers late.
    const seconds = (monotonicUs() - this.#startUs) / 1e6;
    const endCpu = readCpuSecondsOfAll(serverPids);
    const own = process.cpuUsage(this.#startOwnCpu);
    this.measuring = false;
    return {
      seconds,
      deliveries: this.deliveries,
      serverCpuSeconds:
        endCpu === undefined || this.#startCpu === undefined ? undefined : endCpu - this.#startCpu,
      generatorCpuSeconds: (own.user + own.system) / 1e6,
      latencies: this.latencies.counts,
    };
  }
}
