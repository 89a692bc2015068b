import { readCpuSeconds } from '../processes/proc-files';
import { LatencyHistogram } from '../statistics/latency-histogram';
import { monotonicUs } from '../wire/monotonic-clock';

/** What one generator process measured between two moments. */
export interface MeasuredWindow {
  readonly seconds: number;
  readonly deliveries: number;
  /** None where there is no /proc. */
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

  /** Opens a window; `serverPid` is the process whose CPU is charged. */
  open(serverPid: number): void {
    this.deliveries = 0;
    this.latencies = new LatencyHistogram();
    this.measuring = true;
    this.#startCpu = readCpuSeconds(serverPid);
    this.#startOwnCpu = process.cpuUsage();
    this.#startUs = monotonicUs();
  }

  /** Closes the window. */
  close(serverPid: number): MeasuredWindow {
    // Read here and not in the process that asks: a busy generator answers late.
    const seconds = (monotonicUs() - this.#startUs) / 1e6;
    const endCpu = readCpuSeconds(serverPid);
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
