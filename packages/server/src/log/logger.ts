import { destination, pino, stdSerializers } from 'pino';
import pretty from 'pino-pretty';
import { escapeForLog } from './escape';
import { isJournal, markedByPriority } from './journal';
import type { Log } from './log';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What may wait for a reader of the log that does not keep up; records beyond that are dropped. */
const waitingBytesMax = 16 * 1024 * 1024;

const flushTriesMax = 10;

/** A log whose last records are on their way until it is flushed. */
export interface Logger extends Log {
  /** The least severe records that are written; can be changed at any time. */
  level: string;
  /** Writes what waits, at once. */
  flush(): void;
}

/**
 * The server's log on standard output: JSON, one record a line, or, on a terminal, for people.
 * For the journal of systemd each line begins with its priority. Strings in records are escaped, since names, addresses and errors may hold anything.
 *
 * Chat never waits for whoever reads the log, and goes on when they are gone.
 */
export function createLogger(level: LogLevel, isTerminal: boolean): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { log: escapeFields, level: (label: string) => ({ level: label }) },
    serializers: { err: errorFields },
  };
  // At the end, a reader that does not read is waited for this often, 100 ms each.
  let triesLeft = Infinity;
  const output = destination({
    dest: 1,
    sync: false,
    maxLength: waitingBytesMax,
    retryEAGAIN: () => triesLeft-- > 0,
  });
  let isReaderGone = false;
  output.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever read the log is gone, a terminal that was closed say, or does not read; the chat goes on.
    if (error.code === 'EPIPE' || error.code === 'EIO') isReaderGone = true;
    else if (error.code !== 'EAGAIN') throw error;
  });
  const shown = isTerminal
    ? pretty({ destination: output, translateTime: 'SYS:HH:MM:ss.l', colorize: true })
    : isJournal(1)
      ? markedByPriority(output)
      : output;
  const flush = (): void => {
    // Flushing would try for ever.
    if (isReaderGone) return;
    triesLeft = flushTriesMax;
    try {
      output.flushSync();
    } catch {
      // There is nobody left to tell.
    }
  };
  return Object.assign(pino(options, shown), { flush });
}

function escapeFields(fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, escaped(value)]));
}

function escaped(value: unknown): unknown {
  return typeof value === 'string' ? escapeForLog(value) : value;
}

function errorFields(error: Error): unknown {
  const { type, message, stack } = stdSerializers.err(error);
  // Not a bug: where it was found says nothing.
  if (error.name === 'StartError') return { type, message: escapeForLog(message) };
  const frames = stack.split('\n').map(escapeForLog).join('\n');
  return { type, message: escapeForLog(message), stack: frames };
}
