import type { Crowd } from './crowd';

const lineBytes = 1_000;
const linesPerSecond = 2_000;
const tickMs = 10;

/**
 * Has the writers of the crowd's first room say long lines, so many bytes in all, at a pace that
 * every server here nearly keeps up with; resolves once nothing more arrives.
 *
 * The kernel buffers megabytes for a member that does not read. Only once those are full is the
 * server concerned at all, and counted lines alone would take minutes to fill them.
 */
export async function flood(crowd: Crowd, bytes: number): Promise<void> {
  const writers = crowd.connections.slice(0, crowd.plan.writersPerRoom);
  const line = Buffer.from(`${'~'.repeat(lineBytes - 1)}\n`);
  const lines = Math.ceil(bytes / lineBytes);
  const startMs = performance.now();
  let sent = 0;
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(lines, ((performance.now() - startMs) * linesPerSecond) / 1000);
      for (; sent < due; sent++) writers[sent % writers.length]?.send(line);
      if (sent < lines) return;
      clearInterval(timer);
      resolve();
    }, tickMs);
  });
  await crowd.quiet();
}
