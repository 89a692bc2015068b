import { readFileSync } from 'node:fs';
import { sanitizeText } from '@chat-server/protocol';
import type { Limits } from '../domain/limits';
import type { HttpOptions } from '../http/health-server';
import { createLogger, type LogLevel } from '../log/logger';
import type { Log } from '../log/log';
import { type ChatServer, startServer } from '../server';
import type { ServiceManager } from '../systemd/service-manager';
import { connectionsAllowed } from './open-files';
import { limitsOf } from './options';
import { serviceManager } from './service-manager';
import { storeUrl } from './store-url';
import { limitYoungGeneration } from './young-generation';

const youngGenerationBytesMax = 8 * 1024 * 1024;

/** The parsed options of the command. */
export interface CliOptions extends Readonly<Record<string, unknown>> {
  readonly port: number;
  readonly host?: string;
  readonly http: boolean;
  readonly httpPort: number;
  readonly httpHost?: string;
  readonly store: string;
  /** Not by default. */
  readonly isStoreGiven: boolean;
  readonly storeFile?: string;
  readonly motd?: string;
  readonly logLevel: LogLevel;
  readonly faultInjection: boolean;
}

/**
 * Runs the server until it is told to stop. The process ends with 0 after a signal, with 1 when the
 * server cannot start or its tree gives up, and at once at a second signal.
 */
export async function run(options: CliOptions): Promise<void> {
  limitYoungGeneration(youngGenerationBytesMax);
  const log = createLogger(options.logLevel, process.stdout.isTTY);
  let isForced = false;
  process.on('exit', () => {
    if (!isForced) log.flush();
  });
  failLoudly(log);
  const manager = serviceManager(log);
  const server = await startOrExit(options, log, manager);
  manager?.ready();
  let isStopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (isStopping) {
        isForced = true;
        process.exit(1);
      }
      isStopping = true;
      log.info({ signal }, 'Chat server stopping');
      manager?.stopping();
      void server.stop();
    });
  }
  const reason = await server.ended;
  if (isStopping) {
    log.info({}, 'Chat server stopped');
    process.exit(0);
  }
  log.fatal({ reason }, 'Chat server gave up: its supervisors could not keep it running');
  process.exit(1);
}

async function startOrExit(
  options: CliOptions,
  log: Log,
  manager: ServiceManager | undefined,
): Promise<ChatServer> {
  try {
    const { port, host, faultInjection } = options;
    const store = storeUrl(options);
    const motd = options.motd === undefined ? [] : readMotd(options.motd);
    const limits = allowedLimits(limitsOf(options), log);
    const http = httpOf(options);
    return await startServer(
      { port, host, http, manager, store, limits, motd, faultInjection },
      log,
    );
  } catch (error) {
    process.stderr.write(`chat-server: ${rootMessage(error)}\n`);
    process.exit(1);
  }
}

function httpOf({ http, httpPort, httpHost }: CliOptions): HttpOptions | undefined {
  return http ? { port: httpPort, host: httpHost } : undefined;
}

/** A limit that the system would not keep is lowered, so that it is met with a word and not a failure. */
function allowedLimits(limits: Limits, log: Log): Limits {
  const allowed = connectionsAllowed();
  if (limits.connectionsMax <= allowed) return limits;
  log.warn(
    { wanted: limits.connectionsMax, allowed },
    'The limit of open files allows fewer connections than configured; raise it with ulimit -n',
  );
  return { ...limits, connectionsMax: allowed };
}

/** What is thrown outside of any actor is a bug that no supervisor can contain. */
function failLoudly(log: Log): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (err: unknown) => {
      log.fatal({ err }, `Chat server ends: ${event}`);
      process.exit(1);
    });
  }
}

function readMotd(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').trimEnd().split(/\r?\n/).map(sanitizeText);
  } catch (error) {
    throw new Error(`Cannot read the message of the day: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** The start of a chain of causes says most: a port that is taken, not a supervisor that failed. */
function rootMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && !('code' in error.cause)
    ? rootMessage(error.cause)
    : error.message;
}
