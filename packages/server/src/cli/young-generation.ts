import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/**
 * Keeps V8's space for new objects from growing much beyond `bytesMax`.
 *
 * It doubles under load, up to 130 MB, and never shrinks: after ten thousand logins, more than half
 * of the memory would be room for garbage. A chat's garbage is small and short-lived, and a few
 * megabytes serve it as fast.
 */
export function limitYoungGeneration(bytesMax: number): void {
  const observer = new PerformanceObserver(() => {
    const space = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
    if (space !== undefined && space.space_size < bytesMax) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    observer.disconnect();
  });
  observer.observe({ entryTypes: ['gc'] });
}
